package dev.rekey.kubernetes;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ReplicaSample;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code /metrics} says about encryption. Seen in runs of 1.36.3:
 *
 * <ul>
 *   <li>{@code resource="secrets"} without a group; plain reads have {@code
 *       transformer_prefix="identity"}, plain writes an empty one, and reads that no provider
 *       understands {@code unknown} with the status {@code unknown-non-grpc}.
 *   <li>Only KMS v2 has {@code key_id_hash} families. What KMS v1 and other providers read and
 *       write is told by the prefix of the stored values alone, such as {@code
 *       k8s:enc:kms:v1:<provider>:}, which stands for the key then: Secrets that nobody counts
 *       would be taken for plain ones.
 *   <li>The label {@code apiserver_id_hash} is on the {@code key_id_hash} families, which exist
 *       only once a KMS v2 provider was configured, and on {@code
 *       apiserver_encryption_config_controller_*}, whose {@code last_config_info} is there from the
 *       start, whatever the provider, from 1.34 on. An older server without KMS v2 has neither
 *       (seen on 1.31.14), nor has one without an encryption configuration, which counts no
 *       transformation either. When its process started stands for its name then.
 *   <li>The {@code key_id_hash} families count every encrypted resource, not Secrets alone; AKS
 *       encrypts only Secrets. A server keeps those of the last hundred combinations.
 * </ul>
 */
final class EncryptionMetrics {
  private static final String KEY = "apiserver_envelope_encryption_key_id_hash_";
  private static final String CONFIGURATION = "apiserver_encryption_config_controller_";
  private static final String TRANSFORMATIONS = "apiserver_storage_transformation_operations_total";
  private static final String PROCESS_START = "process_start_time_seconds";
  private static final String ENCRYPTED = "k8s:enc:";
  private static final String KMS_V2 = "k8s:enc:kms:v2:";

  private @Nullable String replica;
  private @Nullable Instant processStart;
  private @Nullable String configurationHash;
  private final Map<KeyIdHash, Instant> statusAt = new HashMap<>();
  private final Map<KeyIdHash, Long> reads = new HashMap<>();
  private final Map<KeyIdHash, Long> writes = new HashMap<>();
  private final Map<KeyIdHash, Instant> lastWriteAt = new HashMap<>();
  private long plainReads;
  private long plainWrites;
  private long failedReads;

  private EncryptionMetrics() {}

  /**
   * @throws NotUnderstood if it names two API servers, has no start of the process, or what is no
   *     count or time where one belongs
   */
  static ReplicaSample read(InputStream body) throws IOException {
    EncryptionMetrics metrics = new EncryptionMetrics();
    new MetricLines(body, List.of(KEY, CONFIGURATION, TRANSFORMATIONS, PROCESS_START))
        .each(metrics::visit);
    return metrics.sample();
  }

  private ReplicaSample sample() throws NotUnderstood {
    if (processStart == null) {
      throw new NotUnderstood(
          "it holds no " + PROCESS_START + "; see that the address is an API server's");
    }
    return new ReplicaSample(
        replica == null ? ReplicaSample.unnamed(processStart) : replica,
        processStart,
        statusAt,
        reads,
        writes,
        lastWriteAt,
        plainReads,
        plainWrites,
        failedReads,
        configurationHash);
  }

  private void visit(MetricLine line) throws NotUnderstood {
    String name = line.name();
    if (name.startsWith(KEY)) {
      visitKey(line, name.substring(KEY.length()));
    } else if (name.startsWith(CONFIGURATION)) {
      remember(line.label("apiserver_id_hash"));
      if (name.endsWith("_last_config_info")
          && line.value() == 1
          && !line.label("hash").isEmpty()) {
        configurationHash = line.label("hash");
      }
    } else if (name.equals(TRANSFORMATIONS)) {
      visitTransformation(line);
    } else if (name.equals(PROCESS_START)) {
      processStart = line.time();
    }
  }

  /**
   * The same key can serve under two provider names, before and after a change of the
   * configuration.
   */
  private void visitKey(MetricLine line, String family) throws NotUnderstood {
    remember(line.label("apiserver_id_hash"));
    if (line.label("key_id_hash").isEmpty()) {
      return;
    }
    KeyIdHash key = new KeyIdHash(line.label("key_id_hash"));
    boolean write = line.has("transformation_type", "to_storage");
    boolean read = line.has("transformation_type", "from_storage");
    if (family.equals("status_last_timestamp_seconds")) {
      statusAt.merge(key, line.time(), EncryptionMetrics::later);
    } else if (family.equals("last_timestamp_seconds") && write) {
      lastWriteAt.merge(key, line.time(), EncryptionMetrics::later);
    } else if (family.equals("total") && write) {
      count(writes, key, line);
    } else if (family.equals("total") && read) {
      count(reads, key, line);
    }
  }

  private static long sum(long before, MetricLine line) throws NotUnderstood {
    long sum = before + line.count();
    if (sum > MetricLine.MOST) {
      throw new NotUnderstood("its metrics count more than can be");
    }
    return sum;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Older servers have no resource label: what they count may be of others too, which errs on the
   * side of caution.
   */
  private void visitTransformation(MetricLine line) throws NotUnderstood {
    if (!line.has("resource", "secrets") && !line.has("resource", "")) {
      return;
    }
    boolean ok = line.has("status", "OK");
    boolean read = line.has("transformation_type", "from_storage");
    boolean write = line.has("transformation_type", "to_storage");
    if (read && !ok) {
      failedReads = sum(failedReads, line);
    } else if (read && line.has("transformer_prefix", "identity")) {
      plainReads = sum(plainReads, line);
    } else if (write && ok && line.has("transformer_prefix", "")) {
      plainWrites = sum(plainWrites, line);
    } else if ((read || write) && ok && namesNoKey(line.label("transformer_prefix"))) {
      count(read ? reads : writes, new KeyIdHash(line.label("transformer_prefix")), line);
    }
  }

  private static boolean namesNoKey(String prefix) {
    return prefix.startsWith(ENCRYPTED) && !prefix.startsWith(KMS_V2);
  }

  private static void count(Map<KeyIdHash, Long> counts, KeyIdHash key, MetricLine line)
      throws NotUnderstood {
    counts.put(key, sum(counts.getOrDefault(key, 0L), line));
  }

  private void remember(String named) throws NotUnderstood {
    if (named.isEmpty()) {
      return;
    }
    if (replica != null && !replica.equals(named)) {
      throw new NotUnderstood("its metrics name two API servers");
    }
    replica = named;
  }
}
