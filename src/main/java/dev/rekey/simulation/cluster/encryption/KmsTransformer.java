package dev.rekey.simulation.cluster.encryption;

import dev.rekey.key.KeyIdHash;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One configured KMS v2 provider within one process, with Azure's plugin behind it. */
final class KmsTransformer implements Transformer {
  private static final byte[] STATUS_PROBE = "healthcheck".getBytes(StandardCharsets.US_ASCII);

  private final Provider.Kms provider;
  private final KeyOperations keys;
  private final RandomGenerator random;
  private final EncryptionMetrics metrics;
  private final String keyId;
  private final KeyIdHash hash;
  private final TransformationLabels readLabels;
  private final TransformationLabels writeLabels;
  private final UnwrappedKeys unwrapped;
  private @Nullable WriteState writeState;

  KmsTransformer(
      Provider.Kms provider,
      KeyOperations keys,
      RandomGenerator random,
      EncryptionMetrics metrics) {
    this.provider = provider;
    this.keys = keys;
    this.random = random;
    this.metrics = metrics;
    this.keyId = Sha256.hex(provider.keyUrl());
    this.hash = KeyIdHash.ofKmsKeyId(keyId);
    String prefix = Envelope.PREFIX + provider.name() + ":";
    this.readLabels = TransformationLabels.read(prefix);
    this.writeLabels = TransformationLabels.written(prefix);
    this.unwrapped = new UnwrappedKeys(provider.keyUrl(), keys);
  }

  /**
   * Asks the plugin how it is. Azure's encrypts and decrypts for real, so the answer is about the
   * key version, and an unusable one in either slot makes the whole server unready.
   */
  @Override
  public boolean poll(Instant now) {
    try {
      keys.decrypt(provider.keyUrl(), keys.encrypt(provider.keyUrl(), STATUS_PROBE));
      metrics.reported(provider.name(), hash, now);
      renewWriteState(now);
      return true;
    } catch (KeyRefused unusable) {
      return false;
    }
  }

  @Override
  public boolean recognises(@Nullable Envelope envelope) {
    return envelope != null && !envelope.isOfV1() && envelope.provider().equals(provider.name());
  }

  @Override
  public Opened open(@Nullable Envelope envelope, byte[] value, Instant now)
      throws TransformFailure {
    if (envelope == null) {
      throw new IllegalArgumentException("a plain value is for the identity provider");
    }
    try {
      Opened opened = unwrapAndOpen(envelope, value, now);
      metrics.add(readLabels);
      return opened;
    } catch (TransformFailure failure) {
      metrics.add(readLabels.failed());
      throw failure;
    }
  }

  private Opened unwrapAndOpen(Envelope envelope, byte[] value, Instant now)
      throws TransformFailure {
    if (writeState == null) {
      throw noTransformer();
    }
    if (!envelope.keyId().equals(keyId)) {
      throw new TransformFailure("failed to decrypt DEK, error: key id is not the plugin's own");
    }
    DataKey key = unwrapped.get(envelope.wrappedKey(), now);
    metrics.read(provider.name(), hash, now);
    // The stored value is there anyway; the envelope's parts would be a second copy of it.
    return new Opened(
        false, () -> key.open(Objects.requireNonNull(Envelope.parse(value)).sealed()));
  }

  @Override
  public byte[] seal(byte[] content, Instant now) throws TransformFailure {
    WriteState state = writeState;
    if (state == null || state.isExpiredAt(now)) {
      metrics.add(writeLabels.failed());
      throw state == null ? noTransformer() : expired(state);
    }
    unwrapped.put(state.wrapped(), state.dataKey(), now);
    metrics.add(writeLabels);
    metrics.written(provider.name(), hash, now);
    byte[] sealed = state.dataKey().seal(content);
    return new Envelope(provider.name(), keyId, state.wrapped(), sealed).toBytes();
  }

  private void renewWriteState(Instant now) throws KeyRefused {
    if (writeState != null) {
      writeState.extend(now);
      return;
    }
    DataKey dataKey = DataKey.draw(random);
    byte[] wrapped = keys.encrypt(provider.keyUrl(), dataKey.seed());
    writeState = new WriteState(dataKey, new WrappedKey(wrapped), now);
  }

  private static TransformFailure noTransformer() {
    return new TransformFailure("got unexpected nil transformer");
  }

  private TransformFailure expired(WriteState state) {
    return new TransformFailure(
        "encryptedDEKSource with keyID hash \""
            + hash
            + "\" expired at "
            + state.expires()
            + ", key ID may be unusable");
  }
}
