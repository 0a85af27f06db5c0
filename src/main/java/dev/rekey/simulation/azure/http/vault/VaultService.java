package dev.rekey.simulation.azure.http.vault;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.AzureService;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Key Vault's keys as its REST interface shows them, for every vault of the simulated one: with the
 * challenge for a token, pages of versions, and the bodies that the service sends.
 */
public final class VaultService implements AzureService {
  private static final String PAGE_TOKEN = "$skiptoken";

  /** The service's own page is 25 long; a short one makes every test turn pages. */
  private static final int PAGE = 3;

  private static final Pattern KEY =
      Pattern.compile("/keys/(?<name>[0-9a-zA-Z-]+)(/(?<rest>[0-9a-zA-Z]*))?");

  private final SimulatedVault vault;
  private final List<AzureRequest> requests = new ArrayList<>();
  private boolean loseNextAnswer;

  public VaultService(SimulatedVault vault) {
    this.vault = vault;
  }

  /** Every request, in order. */
  public synchronized List<AzureRequest> requests() {
    return List.copyOf(requests);
  }

  /** The next call of a known caller takes effect, and its answer never arrives. */
  public synchronized void loseNextAnswer() {
    loseNextAnswer = true;
  }

  @Override
  public synchronized AzureAnswer answer(AzureRequest request) {
    requests.add(request);
    String authorization = request.header("Authorization");
    if (authorization == null || !authorization.startsWith("Bearer ")) {
      return VaultErrors.challenge();
    }
    AzureAnswer answer = answered(request);
    if (loseNextAnswer) {
      loseNextAnswer = false;
      throw new IllegalStateException("the answer is lost"); // the connection closes without one
    }
    return answer;
  }

  private AzureAnswer answered(AzureRequest request) {
    try {
      return route(request);
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.UNREACHABLE) {
        throw new IllegalStateException("nobody is there", fault); // the connection closes
      }
      return VaultErrors.of(fault, request);
    }
  }

  private AzureAnswer route(AzureRequest request) {
    Matcher matcher = KEY.matcher(request.path());
    if (!matcher.matches() || !request.query().getOrDefault("api-version", "").matches("7\\.\\d")) {
      return VaultErrors.of(400, "BadParameter", "this path or api-version isn't known", "");
    }
    VaultKey key = new VaultKey(request.host(), matcher.group("name"));
    String rest = matcher.group("rest") == null ? "" : matcher.group("rest");
    String call = request.method() + " " + rest;
    return switch (call) {
      case "GET versions" -> versions(request, key);
      case "GET rotationpolicy" ->
          AzureAnswer.json(200, VaultJson.policy(key, vault.rotationPolicy(key)));
      case "POST rotate" -> rotated(vault.rotate(key));
      default ->
          switch (request.method()) {
            case "GET" -> shown(one(key, rest));
            case "PATCH" -> updated(request, one(key, rest));
            default -> VaultErrors.of(405, "MethodNotAllowed", "not here", "");
          };
    };
  }

  /** Of a disabled version the vault shows nothing but what the list says. */
  private static AzureAnswer shown(KeyVersion version) {
    return version.enabled()
        ? AzureAnswer.json(200, VaultJson.whole(version))
        : VaultErrors.of(
            403, "Forbidden", "Operation get is not allowed on a disabled key.", "KeyDisabled");
  }

  /** What isn't sent stays; the operations would be replaced by those that are sent. */
  private AzureAnswer updated(AzureRequest request, KeyVersion version) {
    JsonNode body = VaultJson.read(request.body());
    if (body.has("key_ops")) {
      return VaultErrors.of(400, "BadParameter", "the operations are no one's to change", "");
    }
    JsonNode attributes = body.path("attributes");
    KeyId id = version.id();
    boolean enabled = attributes.path("enabled").asBoolean(version.enabled());
    JsonNode expires = attributes.path("exp");
    vault.update(id, enabled, expires.isNumber() ? Instant.ofEpochSecond(expires.asLong()) : null);
    return AzureAnswer.json(200, VaultJson.whole(vault.peek(id.url()).orElseThrow()));
  }

  /** Rotating takes one right only: who may not read still gets to see what was made. */
  private AzureAnswer rotated(KeyId made) {
    return AzureAnswer.json(200, VaultJson.whole(vault.peek(made.url()).orElseThrow()));
  }

  /** Without a version: the newest one. */
  private KeyVersion one(VaultKey key, String version) {
    return vault.versions(key).stream()
        .filter(each -> version.isEmpty() || each.id().version().equalsIgnoreCase(version))
        .max(Comparator.comparing(KeyVersion::created))
        .orElseThrow(() -> VaultErrors.notFound(new KeyId(key, version)));
  }

  private AzureAnswer versions(AzureRequest request, VaultKey key) {
    List<KeyVersion> all = vault.versions(key);
    int from = Integer.parseInt(request.query().getOrDefault(PAGE_TOKEN, "0"));
    int to = Math.min(from + PAGE, all.size());
    String next =
        to == all.size()
            ? ""
            : key
                + "/versions?api-version="
                + request.query().get("api-version")
                + "&$skiptoken="
                + to;
    return AzureAnswer.json(200, VaultJson.page(all.subList(from, to), next));
  }
}
