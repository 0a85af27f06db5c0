package dev.rekey.service.port;

import dev.rekey.reencryption.SecretRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one request for a page of a namespace's Secrets came to. */
public sealed interface SecretsPage {

  /** Names on a page, where the caller has no reason to ask for fewer. */
  int FULL = 500;

  /**
   * The page as it was asked for.
   *
   * @param resourceVersion of the list: later than each Secret on it, earlier than any write that
   *     comes after; known for an empty page too
   * @param next the token of the next page; null if, and only if, the list has come to its end
   */
  record Names(List<SecretRef> secrets, String resourceVersion, @Nullable String next)
      implements SecretsPage {
    public Names {
      secrets = List.copyOf(secrets);
    }
  }

  /**
   * No page: one of its Secrets can't be decrypted, and an API server then shows none of them. What
   * lies before it can be had by smaller pages. On a page of one it is that one.
   *
   * @param secret its name
   * @param behind a token that goes on behind it, should the API server take it
   * @param fault the same, for who can't go on
   */
  record StoppedAt(String secret, String behind, OutsideFault fault) implements SecretsPage {}
}
