package dev.rekey.cli;

import dev.rekey.operation.Evidence;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Which keys the API servers were seen to use, for people to read. */
final class KeysInUseText {
  private final Evidence.KeysInUse keys;
  private final BiConsumer<String, String> entry;

  /**
   * @param entry takes a label and its value
   */
  KeysInUseText(Evidence.KeysInUse keys, BiConsumer<String, String> entry) {
    this.keys = keys;
    this.entry = entry;
  }

  void add() {
    String label = "keys in use";
    for (Evidence.ServerKeys server : keys.apiServers()) {
      entry.accept(label, "API server " + server.apiServerIdHash());
      entry.accept("", "  last wrote " + lastWrote(server));
      server.reads().forEach(hash -> entry.accept("", "  reads " + hash));
      label = "";
    }
    for (Evidence.KeyVersionSeen version : keys.versions()) {
      entry.accept("", version.keyIdHash());
      entry.accept("", "  is " + version.keyId() + " (" + version.method() + ")");
    }
  }

  private static String lastWrote(Evidence.ServerKeys server) {
    @Nullable String hash = server.lastWrote();
    if (hash == null) {
      return "nothing since it started";
    }
    String key = hash.equals("plain") ? "plain" : "with " + hash;
    return server.lastWroteAt() == null ? key : key + " at " + server.lastWroteAt();
  }
}
