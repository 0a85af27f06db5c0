package dev.rekey.app.simulated.fleet;

import dev.rekey.simulation.cluster.OtherClient;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Lets everything of a plan happen when its time comes, be it in the middle of a call. */
final class PlayPlan {
  private final Fleet fleet;
  private final YearLog log;
  private final AlertsJudge alerts;
  private final Consumer<Runnable> byOthers;
  private final HandsOnKeys keys;
  private final HandsOnClusters clusters;
  private int outages;

  /**
   * @param byOthers carries out what others do, and has it judged
   */
  PlayPlan(
      Fleet fleet,
      YearLog log,
      OnCall onCall,
      AlertsJudge alerts,
      Consumer<Runnable> byOthers,
      Consumer<FleetMember> moved) {
    this.fleet = fleet;
    this.log = log;
    this.alerts = alerts;
    this.byOthers = byOthers;
    this.keys = new HandsOnKeys(fleet, onCall, byOthers);
    this.clusters = new HandsOnClusters(fleet, onCall, byOthers, moved);
  }

  void schedule(YearPlan plan) {
    plan.versions().forEach(one -> fleet.time.at(one.at(), () -> byOthers.accept(() -> make(one))));
    plan.errors().forEach(one -> fleet.time.at(one.at(), () -> byOthers.accept(() -> err(one))));
    plan.outages().forEach(this::schedule);
    plan.errands().forEach(one -> fleet.time.at(one.at(), () -> byOthers.accept(() -> run(one))));
  }

  /** How many outages there were so far. */
  int outages() {
    return outages;
  }

  private void make(YearPlan.NewVersion version) {
    keys.makeVersion(fleet.keys.get(version.key()), log::versionMade);
  }

  private void err(HumanError error) {
    FleetMember member = fleet.members.get(error.cluster());
    alerts.before(error);
    begun(error, member)
        .ifPresent(
            mend -> {
              log.error(error, member);
              fleet.time.at(error.mendedAt(), () -> byOthers.accept(() -> mend(error, mend)));
            });
  }

  private void mend(HumanError error, Runnable mend) {
    alerts.beforeMending(error);
    mend.run();
  }

  /** What puts it right; empty if there was nothing to do it to. */
  private Optional<Runnable> begun(HumanError error, FleetMember member) {
    return switch (error.kind()) {
      case CURRENT_DISABLED -> keys.disable(member, 0);
      case PREVIOUS_DISABLED -> keys.disable(member, 1);
      case CURRENT_EXPIRED -> keys.letExpire(member, 0, error.choice());
      case PREVIOUS_EXPIRED -> keys.letExpire(member, 1, error.choice());
      case KEY_DELETED -> keys.deleteKey(member);
      case VAULT_DELETED -> keys.deleteVault(member);
      case IDENTITY_DELETED -> clusters.deleteIdentity(member);
      case RIGHTS_TAKEN -> clusters.takeRights(member);
      case KEY_ID_CHANGED -> clusters.changeKeyId(member);
      case KEY_ID_CHANGED_TWICE -> clusters.changeKeyIdTwice(member, error.choice());
      case KEY_ID_OF_ANOTHER_KEY -> clusters.useAnotherKey(member);
      case KMS_TURNED_OFF -> clusters.turnOff(member);
    };
  }

  private void schedule(Outage outage) {
    fleet.time.at(outage.from(), () -> byOthers.accept(() -> begin(outage)));
    fleet.time.at(outage.until(), () -> byOthers.accept(() -> end(outage)));
  }

  private void begin(Outage outage) {
    outages++;
    log.outage(outage);
    fleet.outages.begin(outage);
    if (outage.away() == Outage.Away.VAULT) {
      fleet.vault.setReachable(false);
    }
    if (outage.stopped()) {
      outage.clusters().stream()
          .sorted()
          .flatMap(number -> fleet.members.get(number).alive().stream())
          .forEach(SimulatedReplica::kill);
    }
  }

  private void end(Outage outage) {
    fleet.outages.end(outage);
    if (outage.away() == Outage.Away.VAULT) {
      fleet.vault.setReachable(true);
    }
    outage.clusters().stream()
        .sorted()
        .forEach(number -> fleet.members.get(number).cluster.start());
  }

  private void run(Errand errand) {
    FleetMember member = fleet.members.get(errand.cluster());
    List<SimulatedReplica> alive = member.alive();
    if (alive.isEmpty()) {
      return;
    }
    List<StoredSecret> secrets = member.cluster.oracle().secrets();
    StoredSecret some = secrets.get(errand.choice() % secrets.size());
    String namespace = some.key().namespace();
    OtherClient client = member.cluster.otherClient();
    String once = Integer.toString(errand.choice());
    switch (errand.what()) {
      case EDIT ->
          client.edit(
              namespace, some.key().name(), content -> content.withAnnotation("edited", once));
      case CREATE ->
          client.create(
              namespace, "made-" + once, SecretContent.opaque(Map.of("password", "aGk=")));
      case DELETE -> {
        if (secrets.size() > 1) {
          client.delete(namespace, some.key().name());
        }
      }
      case RESTART -> alive.get(errand.choice() % alive.size()).restart();
    }
  }
}
