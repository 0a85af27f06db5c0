package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.Violations;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * K1: no version that is in a slot, or under which a Secret lies, is disabled, deleted or expires
 * sooner through us.
 */
final class KeysJudge implements Judge {
  private final Fleet fleet;
  private final Violations violations;
  private Map<String, KeyVersion> before = Map.of();
  private long changes;

  KeysJudge(Fleet fleet, Violations violations) {
    this.fleet = fleet;
    this.violations = violations;
    othersAreDone();
  }

  @Override
  public void weAreDone() {
    if (fleet.vault.changes() != changes) {
      before.values().stream()
          .filter(this::isWorse)
          .filter(this::isNeeded)
          .forEach(
              one -> violations.add("K1", "we have made unusable what is needed: " + one.id()));
      othersAreDone();
    }
  }

  @Override
  public void othersAreDone() {
    if (fleet.vault.changes() != changes) {
      changes = fleet.vault.changes();
      before = all();
    }
  }

  private Map<String, KeyVersion> all() {
    Map<String, KeyVersion> all = new HashMap<>();
    List<VaultKey> keys = new ArrayList<>(fleet.keys);
    keys.addAll(fleet.spares);
    keys.stream()
        .filter(fleet.vault::has)
        .flatMap(key -> fleet.vault.allVersions(key).stream())
        .forEach(version -> all.put(version.id().url(), version));
    return all;
  }

  private boolean isWorse(KeyVersion earlier) {
    return fleet.vault.peek(earlier.id().url()).map(now -> isWorse(earlier, now)).orElse(true);
  }

  private static boolean isWorse(KeyVersion earlier, KeyVersion now) {
    return (earlier.enabled() && !now.enabled()) || expiry(now).isBefore(expiry(earlier));
  }

  private static Instant expiry(KeyVersion version) {
    return version.expires() == null ? Instant.MAX : version.expires();
  }

  private boolean isNeeded(KeyVersion version) {
    String url = version.id().url();
    return fleet.members.stream()
        .anyMatch(
            member ->
                member.controlPlane.slots().contains(url)
                    || member.cluster.oracle().under(url) > 0);
  }
}
