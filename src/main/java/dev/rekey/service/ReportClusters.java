package dev.rekey.service;

import java.util.List;

/** How every cluster in scope stands, those without KMS too. */
public final class ReportClusters {
  private final Ports ports;
  private final Conduct conduct;

  public ReportClusters(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at each. A cluster that can't be looked at is in the list too.
   *
   * @throws dev.rekey.service.port.OutsideFault if the clusters themselves can't be listed
   */
  public List<ClusterReport> report() {
    throw new UnsupportedOperationException(ports + " " + conduct);
  }
}
