package dev.rekey.endtoend.kills;

/** What befalls a cluster while Rekey works on it. */
enum Calamity {
  /** Killed by SIGKILL and started again at once; some seconds until it is ready. */
  API_SERVER_KILLED,

  /** Killed by SIGKILL, away for up to two seconds, and started over its data. */
  ETCD_KILLED,

  /** The plugins of both key versions leave their sockets for some seconds. */
  KMS_AWAY,

  /** The same, and the API server is killed meanwhile and starts without them: a rebooted node. */
  KMS_AWAY_AT_START,

  /**
   * Etcd stands still for 100 to 500 ms again and again, by SIGSTOP. To its clients that is what a
   * disk is whose writes stall: requests hang, then all are answered. It is no slow disk: what etcd
   * itself does about a late fsync isn't seen.
   */
  DISK_STALLS
}
