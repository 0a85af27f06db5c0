package dev.rekey.app;

import dev.rekey.service.port.ApiServers;
import java.time.Instant;

/** One open connection and how many use it. It is closed when it is retired and nobody does. */
final class WarmConnection {
  private final ApiServers servers;
  private final Instant openedAt;
  private int borrowers = 1;
  private boolean retired;

  /** Opened for a first borrower. */
  WarmConnection(ApiServers servers, Instant openedAt) {
    this.servers = servers;
    this.openedAt = openedAt;
  }

  ApiServers servers() {
    return servers;
  }

  synchronized boolean borrowIfYounger(Instant openedAfter) {
    if (retired || openedAt.isBefore(openedAfter)) {
      return false;
    }
    borrowers++;
    return true;
  }

  synchronized void giveBack() {
    borrowers--;
    closeIfUnused();
  }

  /** Nobody borrows it any more. */
  synchronized void retire() {
    if (!retired) {
      retired = true;
      closeIfUnused();
    }
  }

  private void closeIfUnused() {
    if (retired && borrowers == 0) {
      servers.close();
    }
  }
}
