package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.Scrape;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What evidence says of the keys that API servers use, where ARM shows no key version. */
final class KeysInUseEvidence {
  private static final String PREDICTED = "predicted";

  private final Operation operation;
  private final List<KeyId> versions;

  /**
   * @param versions those that a hash may stand for
   */
  KeysInUseEvidence(Operation operation, List<KeyId> versions) {
    this.operation = operation;
    this.versions = versions;
  }

  Evidence.@Nullable KeysInUse keysInUse() {
    return isVersionShown() ? null : end().map(this::keysInUse).orElse(null);
  }

  private boolean isVersionShown() {
    return operation.managed() && operation.route().stops().stream().anyMatch(KmsSettings::isOn);
  }

  /** The API servers at the end of the round that counts. */
  private Optional<Scrape> end() {
    Progress progress = operation.progress();
    return progress
        .lastPass(StepName.PROVE, PassKind.PROOF)
        .or(() -> progress.lastPass(StepName.COUNT, PassKind.COUNT))
        .map(Pass::outcome)
        .map(PassOutcome::after);
  }

  private Evidence.KeysInUse keysInUse(Scrape end) {
    return new Evidence.KeysInUse(
        end.liveSamples().values().stream().map(sample -> server(sample, end)).toList(),
        versions.stream().flatMap(version -> seen(version, end).stream()).toList());
  }

  private static Evidence.ServerKeys server(ReplicaSample sample, Scrape end) {
    Optional<Map.Entry<KeyIdHash, Instant>> last = lastWrite(sample);
    String plain = sample.plainWrites() > 0 ? KeyIdHash.PLAIN.label() : null;
    return new Evidence.ServerKeys(
        sample.replica(),
        last.map(write -> write.getKey().label()).orElse(plain),
        last.map(Map.Entry::getValue).orElse(null),
        end.readBy(sample.replica()).stream().map(KeyIdHash::label).toList());
  }

  private static Optional<Map.Entry<KeyIdHash, Instant>> lastWrite(ReplicaSample sample) {
    return sample.lastWriteAt().entrySet().stream()
        .max(
            Map.Entry.<KeyIdHash, Instant>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey()));
  }

  /** Any sample shows a version: a status however old, a read or a write. */
  private static Optional<Evidence.KeyVersionSeen> seen(KeyId version, Scrape end) {
    KeyIdHash hash = KeyIdHash.predict(version);
    return end.everLoaded(hash).isEmpty()
        ? Optional.empty()
        : Optional.of(new Evidence.KeyVersionSeen(hash.label(), version.url(), PREDICTED));
  }
}
