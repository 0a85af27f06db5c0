package dev.rekey.simulation.cluster.etcd;

/**
 * Who learns of each write as it happens. The content is handed along so that a watcher which could
 * decrypt the value need not really do so for each event; one that could not must not look at it.
 */
public interface EtcdWatcher {

  void written(StoredSecret secret, byte[] content);

  void deleted(StoredSecret last);
}
