package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.SecretsPlan;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.time.Instant;

/** Sees what a rewrite of a cluster's Secrets would take and meet, without one. */
final class LookAtSecrets {
  /** How much longer a measurement may take than the looks. */
  private static final Duration TO_MEASURE = Duration.ofSeconds(5);

  private final Ports ports;
  private final Limits limits;

  LookAtSecrets(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  /** By one dry run each, and a measurement; an API server that gives no answer is told. */
  SecretsPlan look(ClusterName cluster, Instant deadline) {
    try (Connection connection = new Connection(ports.kubernetes(), cluster)) {
      ScanSecrets.Scanned scanned =
          new ScanSecrets(connection.apiServers(), ports.time(), limits, deadline).run();
      double speed =
          new MeasureSpeed(connection.apiServers(), ports.time(), limits)
              .of(scanned.sample(), deadline.plus(TO_MEASURE));
      DryScan scan = scanned.scan();
      Estimate estimate =
          new Estimate(
              ports.time().instant(),
              scan.secrets(),
              scanned.shards(),
              scanned.sample().size(),
              speed);
      return new SecretsPlan(scan, estimate, null);
    } catch (OutsideFault fault) {
      return new SecretsPlan(null, null, String.valueOf(fault.getMessage()));
    }
  }
}
