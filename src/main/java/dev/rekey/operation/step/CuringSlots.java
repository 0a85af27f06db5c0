package dev.rekey.operation.step;

import dev.rekey.key.KeyId;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Reason;
import java.util.Objects;
import java.util.Optional;

/** What stands against making the key versions in a cluster's slots usable again. */
final class CuringSlots {
  private CuringSlots() {}

  static Optional<Decision.Refuse> slotUnusable(Facts facts) {
    return new UnusableSlots(facts).versions().isEmpty()
        ? refuse(Reason.SLOTS_IN_ORDER, String.valueOf(facts.operation().from()))
        : Optional.empty();
  }

  static Optional<Decision.Refuse> currentListed(Facts facts) {
    KeyId from = Objects.requireNonNull(facts.operation().from());
    return facts.version(from).isPresent()
        ? Optional.empty()
        : refuse(Reason.SLOT_BEYOND_RECOVERY, from + ": the vault does not have it");
  }

  static Optional<Decision.Refuse> slotsCurable(Facts facts) {
    return new UnusableSlots(facts)
        .versions().stream()
            .filter(version -> !Restoration.cures(version.fitnessAt(facts.now())))
            .findFirst()
            .flatMap(
                version ->
                    refuse(
                        Reason.SLOT_BEYOND_RECOVERY,
                        version.id() + ": " + version.fitnessAt(facts.now()).sentence()));
  }

  private static Optional<Decision.Refuse> refuse(Reason reason, String detail) {
    return Optional.of(new Decision.Refuse(reason, detail));
  }
}
