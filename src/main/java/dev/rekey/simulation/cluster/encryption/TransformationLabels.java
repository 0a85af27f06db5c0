package dev.rekey.simulation.cluster.encryption;

import java.util.Comparator;

/**
 * The labels of {@code apiserver_storage_transformation_operations_total}.
 *
 * @param type {@code from_storage} or {@code to_storage}
 * @param prefix the provider's prefix; for plain values {@code identity} when read but empty when
 *     written
 * @param status {@code OK} or what the failure was
 */
public record TransformationLabels(String type, String prefix, String status)
    implements Comparable<TransformationLabels> {
  public static final String FROM_STORAGE = "from_storage";
  public static final String TO_STORAGE = "to_storage";

  private static final String OK = "OK";
  private static final String FAILED = "unknown-non-grpc";
  private static final Comparator<TransformationLabels> ORDER =
      Comparator.comparing(TransformationLabels::status)
          .thenComparing(TransformationLabels::type)
          .thenComparing(TransformationLabels::prefix);

  static TransformationLabels read(String prefix) {
    return new TransformationLabels(FROM_STORAGE, prefix, OK);
  }

  static TransformationLabels written(String prefix) {
    return new TransformationLabels(TO_STORAGE, prefix, OK);
  }

  TransformationLabels failed() {
    return new TransformationLabels(type, prefix, FAILED);
  }

  boolean isOfKmsV1(String wanted) {
    return type.equals(wanted) && status.equals(OK) && prefix.startsWith(Envelope.PREFIX_V1);
  }

  boolean isFailedRead() {
    return type.equals(FROM_STORAGE) && !status.equals(OK);
  }

  @Override
  public int compareTo(TransformationLabels other) {
    return ORDER.compare(this, other);
  }
}
