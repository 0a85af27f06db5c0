package dev.rekey.app.commandline;

import dev.rekey.app.Release;
import dev.rekey.app.WarmConnections;
import dev.rekey.key.Cloud;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Kubernetes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Rekey for somebody with a kubeconfig: real API servers, records in a folder, no Azure. */
public final class KubeconfigRekey {
  /** A kubeconfig is read once, when the command begins. */
  private static final Duration FOR_LONG = Duration.ofDays(365);

  private KubeconfigRekey() {}

  /**
   * Puts it together; nothing is sent yet.
   *
   * @param context the kubeconfig's context; null for its current one
   * @param records the folder that records are kept in; made if it isn't there
   * @throws ClusterInUse if another process works on the cluster with the same records
   */
  public static LocalRekey open(
      Path kubeconfig, @Nullable String context, Path records, Limits limits) {
    Kubeconfig config = Kubeconfig.read(kubeconfig, context);
    ClusterName cluster = config.distinctName();
    InstantSource clock = Clock.systemUTC();
    Kubernetes real =
        new KubeconfigKubernetes(
            cluster, config, ConnectionSettings.defaults(Release.version()), clock);
    NoAzure none = new NoAzure();
    LocalRekey.Outside outside =
        new LocalRekey.Outside(
            none,
            none,
            none,
            new WarmConnections(real, clock, FOR_LONG),
            Cloud.PUBLIC,
            true); // of another one the counters would have nothing to say
    return LocalRekey.open(cluster, outside, records, limits, clock, Pause.onClock(clock));
  }
}
