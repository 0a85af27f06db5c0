package dev.rekey.service;

import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.SecretsPage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists one namespace to its end. An API server shows no page with a Secret on it that it can't
 * decrypt, but names that one: then smaller pages take what lies before it, and the list goes on
 * behind it. The Secret itself is listed by the name that the server gave, and its patch decides
 * what it is: an exception, or, where another replica can still read it, rewritten like any other.
 */
final class WalkNamespace {
  /**
   * How often a list is gone on with after its continue token has expired, before it counts as
   * failed.
   */
  private static final int MOST_FRESH_TOKENS = 100;

  /**
   * How many Secrets of a namespace are gone around, before it counts as one that can't be listed.
   */
  private static final int MOST_STOPS = 200;

  private final ApiServers servers;
  private final String namespace;
  private final Consumer<SecretRef> found;
  private final Predicate<String> enough;
  private final Set<String> seen = new HashSet<>();

  /** Those gone around, until the next page tells a version that they had, or had not yet. */
  private final List<String> goneAround = new ArrayList<>();

  private @Nullable String next;
  private SecretsPage.@Nullable StoppedAt ahead;
  private SecretsPage.@Nullable StoppedAt behind;
  private int limit = SecretsPage.FULL;
  private int freshTokens;
  private int stops;
  private boolean ended;

  /**
   * @param found takes each Secret once
   * @param enough whether nothing that comes behind this name is wanted: lists are in the order of
   *     names
   */
  WalkNamespace(
      ApiServers servers, String namespace, Consumer<SecretRef> found, Predicate<String> enough) {
    this.servers = servers;
    this.namespace = namespace;
    this.found = found;
    this.enough = enough;
  }

  /**
   * @throws OutsideFault if the list did not come to its end; with {@code UNDECRYPTABLE} because of
   *     a Secret that it can't be led around. What came before has been found
   */
  void run() {
    while (!ended) {
      SecretsPage page = page();
      if (page instanceof SecretsPage.Names names) {
        take(names);
      } else if (page instanceof SecretsPage.StoppedAt stopped) {
        stop(stopped);
      }
    }
  }

  /** An expired token is answered with another, which goes on in a newer state. */
  private @Nullable SecretsPage page() {
    try {
      return servers.listSecrets(namespace, next, limit);
    } catch (OutsideFault fault) {
      if (behind != null && fault.kind() == OutsideFault.Kind.REJECTED) {
        throw behind.fault(); // it doesn't take the token: only as much is known as before
      }
      String fresh = fault.freshContinue();
      if (fresh == null || ++freshTokens > MOST_FRESH_TOKENS) {
        throw fault;
      }
      next = fresh;
      return null;
    }
  }

  private void take(SecretsPage.Names page) {
    // A list goes on in a newer state after its token has expired; nothing is taken twice.
    page.secrets().stream().filter(secret -> seen.add(secret.name())).forEach(found);
    goneAround.stream()
        .filter(seen::add)
        .map(name -> new SecretRef(namespace, name, page.resourceVersion()))
        .forEach(found);
    goneAround.clear();
    next = page.next();
    ended = next == null || endsBehind(page);
    behind = null;
    boolean passed = ahead == null || isPast(page, ahead);
    ahead = passed ? null : ahead;
    limit = passed ? Math.min(SecretsPage.FULL, limit * 2) : Math.max(1, limit / 2);
  }

  private boolean endsBehind(SecretsPage.Names page) {
    List<SecretRef> secrets = page.secrets();
    return !secrets.isEmpty() && enough.test(secrets.get(secrets.size() - 1).name());
  }

  /** Somebody may have mended or deleted it meanwhile. */
  private static boolean isPast(SecretsPage.Names page, SecretsPage.StoppedAt stop) {
    return page.secrets().stream().anyMatch(one -> one.name().compareTo(stop.secret()) >= 0);
  }

  /** On a page of one it can only be that one, so nothing lies between the last page and it. */
  private void stop(SecretsPage.StoppedAt stopped) {
    if (limit > 1) {
      ahead = stopped;
      limit /= 2;
      return;
    }
    if (++stops > MOST_STOPS) {
      throw stopped.fault();
    }
    goneAround.add(stopped.secret());
    next = stopped.behind();
    behind = stopped;
    ahead = null;
  }
}
