package dev.rekey.app.simulated.fleet;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.simulation.fault.OutsideCalls;
import java.util.ArrayList;
import java.util.List;

/** All that watch over a year. */
final class Judges implements Judge, RecordsWatch.Listener {
  private final List<Judge> all = new ArrayList<>();

  /** Those that listen to calls: there are millions in a year. */
  private final List<Judge> listening = new ArrayList<>();

  void add(Judge judge) {
    all.add(judge);
  }

  void addListening(Judge judge) {
    all.add(judge);
    listening.add(judge);
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    listening.forEach(judge -> judge.beforeCall(observed));
  }

  @Override
  public void weAreDone() {
    all.forEach(Judge::weAreDone);
  }

  @Override
  public void othersAreDone() {
    all.forEach(Judge::othersAreDone);
  }

  @Override
  public void alerted(ClusterName cluster, OpenAlerts alerts) {
    all.forEach(judge -> judge.alerted(cluster, alerts));
  }

  @Override
  public void begun(Operation operation) {
    all.forEach(judge -> judge.begun(operation));
  }

  @Override
  public void saved(Operation operation) {
    all.forEach(judge -> judge.saved(operation));
  }

  @Override
  public void ended(Operation operation) {
    all.forEach(judge -> judge.ended(operation));
  }
}
