package dev.rekey.endtoend.kills;

import dev.rekey.testbed.ApiServerProcess;
import dev.rekey.testbed.Testbed;
import java.time.Duration;
import java.util.Random;

/** Brings a calamity over a cluster, and its end: what dies is started again. */
final class Strike {
  private final Testbed testbed;
  private final Random random;

  /**
   * @param seed of how long it lasts
   */
  Strike(Testbed testbed, long seed) {
    this.testbed = testbed;
    this.random = new Random(seed);
  }

  /** Returns when all is there again, an API server perhaps not yet ready. */
  void by(Calamity calamity) throws InterruptedException {
    switch (calamity) {
      case API_SERVER_KILLED -> killApiServer();
      case ETCD_KILLED -> killEtcd();
      case KMS_AWAY -> {
        testbed.unplug();
        wait(1_000, 4_000);
        testbed.plugIn();
      }
      case KMS_AWAY_AT_START -> {
        testbed.unplug();
        killApiServer();
        wait(4_000, 8_000);
        testbed.plugIn();
      }
      case DISK_STALLS -> stallEtcd();
    }
  }

  private void killApiServer() {
    ApiServerProcess server = testbed.replica(0);
    server.kill9();
    server.restart();
  }

  private void killEtcd() throws InterruptedException {
    testbed.etcd().kill9();
    wait(0, 2_000);
    testbed.etcd().restart();
  }

  private void stallEtcd() throws InterruptedException {
    for (int burst = 5 + random.nextInt(6); burst > 0; burst--) {
      testbed.etcd().standStill();
      wait(100, 500);
      testbed.etcd().goOn();
      wait(20, 200);
    }
  }

  private void wait(int leastMillis, int mostMillis) throws InterruptedException {
    Thread.sleep(
        Duration.ofMillis(leastMillis + random.nextInt(mostMillis - leastMillis)).toMillis());
  }
}
