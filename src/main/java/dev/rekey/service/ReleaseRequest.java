package dev.rekey.service;

import dev.rekey.fleet.WaveRelease;
import dev.rekey.key.KeyId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * That somebody wants the waves of a key released.
 *
 * @param key its short name, such as {@code example.etcd}
 * @param version the version's own name, the last part of its URL; null for the newest
 * @param upTo the last wave to be released; null for all
 * @param actor who: a person's or an application's name
 * @param reason why, in their words
 * @param requestKey what the caller knows the request by, who may repeat it
 */
public record ReleaseRequest(
    String key,
    @Nullable String version,
    @Nullable Integer upTo,
    String actor,
    String reason,
    String requestKey) {

  WaveRelease of(KeyId released, Instant now) {
    return new WaveRelease(released, upTo, actor, reason, now, requestKey);
  }

  /** Whether a release is what it asks for. */
  boolean asksFor(WaveRelease release) {
    return Objects.equals(upTo, release.upTo())
        && reason.equals(release.reason())
        && (version == null || version.equalsIgnoreCase(release.version().version()));
  }
}
