package dev.rekey.simulation.cluster;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;

/** The names of the cluster's namespaces, and which of them are being deleted. */
public final class Namespaces {
  private final TreeMap<String, Boolean> terminating = new TreeMap<>();

  Namespaces() {
    List.of("default", "kube-node-lease", "kube-public", "kube-system").forEach(this::add);
  }

  public void add(String name) {
    terminating.putIfAbsent(name, false);
  }

  public void remove(String name) {
    terminating.remove(name);
  }

  /** Nothing new can be created in it from now on; what is there can still be updated. */
  public void terminate(String name) {
    terminating.put(name, true);
  }

  public boolean isTerminating(String name) {
    return terminating.getOrDefault(name, false);
  }

  public Collection<String> names() {
    return Collections.unmodifiableSet(terminating.keySet());
  }

  /** The names that come after this one, in order. */
  public Collection<String> after(String name) {
    return Collections.unmodifiableSet(terminating.tailMap(name, false).keySet());
  }
}
