package dev.rekey.service;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.Look;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tells of an alert when it is new, when its reason changes, and when it is mended; not with every
 * look. It is told before that is remembered: after a crash in between it is told twice rather than
 * never (promise T2).
 */
final class RaiseAlerts {
  /** The signal that an alert is open no more; its reason is the alert's name. */
  static final String MENDED = "alert-mended";

  private final Ports ports;

  RaiseAlerts(Ports ports) {
    this.ports = ports;
  }

  /** Compares what looks at a cluster have found with what is open. */
  void after(ClusterName cluster, List<Look> looks) {
    Optional<Stored<OpenAlerts>> before = ports.records().alerts(cluster);
    OpenAlerts open = before.map(Stored::value).orElse(OpenAlerts.NONE);
    List<Alert> told = new ArrayList<>();
    List<Alert> mended = new ArrayList<>();
    for (Look look : looks) {
      OpenAlerts.Change change = open.after(look, ports.time().instant());
      told.addAll(change.told());
      mended.addAll(change.mended());
      open = change.after();
    }
    if (!told.isEmpty() || !mended.isEmpty()) {
      told.forEach(alert -> ports.signals().tell(alert.name(), alert.reason(), alert.detail()));
      mended.forEach(alert -> ports.signals().tell(MENDED, alert.name(), alert.subject()));
      remember(cluster, open, before);
    }
  }

  private void remember(ClusterName cluster, OpenAlerts open, Optional<Stored<OpenAlerts>> before) {
    try {
      ports.records().saveAlerts(cluster, open, before.orElse(null));
    } catch (Conflict anotherHasLooked) {
      // Its look is as good as ours, and the next one compares with what it has found.
    }
  }
}
