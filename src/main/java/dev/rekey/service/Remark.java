package dev.rekey.service;

import dev.rekey.operation.Operation;
import org.jspecify.annotations.Nullable;

/** What is said of an operation that stands still, beside why it does. */
final class Remark {
  private static final String OFF =
      "KMS is off until it goes on: Secrets lie plain in etcd meanwhile";

  private Remark() {}

  /** That KMS is off, where the operation is half-way: whoever reads of it must not overlook it. */
  static @Nullable String behind(@Nullable String detail, Operation operation) {
    boolean isSaid = detail != null && detail.endsWith(OFF);
    if (isSaid || !operation.isOffHalfWay()) {
      return detail;
    }
    return detail == null ? OFF : detail + "; " + OFF;
  }
}
