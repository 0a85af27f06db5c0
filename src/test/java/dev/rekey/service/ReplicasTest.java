package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.WriteShown;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Finding every API server behind one address, and the key that each writes with. */
class ReplicasTest {
  private final TestClock time = new TestClock(NOW);
  private final FakeApiServers servers = new FakeApiServers(time);
  private final Pass pass = Passes.of("write", PassKind.WRITE, hash(2)).listed();

  @Test
  void threeReplicasTakeTurns_eachIsSampled() {
    servers.replica("a", hash(1));
    servers.replica("b", hash(1));
    servers.replica("c", hash(1));

    Scrape scrape = scrape();

    assertThat(scrape.isComplete()).isTrue();
    assertThat(scrape.samples()).containsOnlyKeys("a", "b", "c");
  }

  @Test
  void liveReplicaNeverAnswers_scrapeEndsAndSaysSo() {
    servers.replica("a", hash(1));
    servers.replica("silent", hash(1)).answers = false;

    Scrape scrape = scrape();

    assertThat(scrape.isComplete()).isFalse();
    assertThat(scrape.live()).containsExactly("a", "silent");
  }

  @Test
  void leaseOfADeadServer_isNotLive() {
    servers.replica("a", hash(1));
    FakeReplica dead = servers.replica("dead", hash(1));
    dead.answers = false;
    dead.leaseRenewedAt = NOW.minusSeconds(61);

    assertThat(scrape().live()).containsExactly("a");
    assertThat(scrape().isComplete()).isTrue();
  }

  @Test
  void leaseRenewedAMinuteAgo_isLive() {
    servers.replica("a", hash(1)).leaseRenewedAt = NOW.minusSeconds(60);

    assertThat(scrape().live()).containsExactly("a");
  }

  @Test
  void replicasWithStaleSecrets_showTheirWriteKey() {
    servers.replica("a", hash(2));
    servers.replica("b", hash(2));
    servers.store(20, hash(1));

    assertThat(find(pass)).extracting(WriteShown::key).containsOnly(hash(2)).hasSize(2);
    assertThat(servers.under(hash(2))).as("Secrets touched").isLessThanOrEqualTo(4);
  }

  @Test
  void allSecretsAreCurrent_replicasShowTheirWriteKeyWithoutAWrite() {
    servers.replica("a", hash(2));
    servers.replica("b", hash(2));
    servers.store(20, hash(2));

    assertThat(find(pass))
        .extracting(WriteShown::how)
        .containsOnly(WriteShown.How.BY_UNMOVED_PATCH)
        .hasSize(2);
    assertThat(servers.secrets.values()).allMatch(secret -> secret.version == 1);
  }

  @Test
  void oneReplicaStillWritesTheOldKey_isShownWithIt() {
    servers.replica("a", hash(2));
    servers.replica("lagging", hash(1));
    servers.store(20, hash(1));

    Pass looked = pass.shown(find(pass), NOW);

    assertThat(looked.allWriteTarget(Set.of("a"))).isTrue();
    assertThat(looked.allWriteTarget(Set.of("lagging"))).isFalse();
  }

  @Test
  void thousandSecrets_atMostFiftyArePatched() {
    servers.replica("a", hash(2));
    servers.replica("silent", hash(2)).answers = false;
    servers.store(1000, hash(1));

    find(pass);

    assertThat(servers.patched.stream().distinct()).hasSize(50);
  }

  @Test
  void lookedBefore_othersAreTriedThanLastTime() {
    servers.replica("a", hash(2));
    servers.replica("silent", hash(2)).answers = false;
    servers.store(200, hash(1));
    find(pass);
    List<String> first = List.copyOf(servers.patched);
    servers.patched.clear();

    find(pass.shown(List.of(), NOW));

    assertThat(servers.patched).doesNotContainAnyElementsOf(first);
  }

  /** Without an encryption configuration nothing but the start of its process tells one of them. */
  @Test
  void serversDoNotTellTheirNames_asManyAsThereAreLeasesStandForThem() {
    String one = ReplicaSample.unnamed(NOW.minusSeconds(5));
    String other = ReplicaSample.unnamed(NOW.minusSeconds(9));

    assertThat(LiveReplicas.told(Set.of("a", "b"), Set.of(one, other)))
        .containsExactlyInAnyOrder(one, other);
    assertThat(LiveReplicas.told(Set.of("a", "b"), Set.of("a", one)))
        .containsExactlyInAnyOrder("a", one);
    assertThat(LiveReplicas.told(Set.of("a", "b"), Set.of(one)))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(LiveReplicas.told(Set.of("a", "b"), Set.of("a")))
        .containsExactlyInAnyOrder("a", "b");
    assertThat(LiveReplicas.told(Set.of("a"), Set.of("a", one))).containsExactly("a");
  }

  /** With one connection at each attempt some of many servers were met too late, or never. */
  @Test
  void fewerSecretsThanServers_eachServerIsMetAllTheSame() {
    servers.replica("a", hash(2));
    servers.replica("b", hash(2));
    servers.replica("c", hash(2));
    servers.store(1, hash(1));

    assertThat(find(pass)).extracting(WriteShown::replica).containsExactly("a", "b", "c");
  }

  @Test
  void fewSecretsAndAServerThatNeverAnswers_theLookEnds() {
    servers.replica("a", hash(2));
    servers.replica("silent", hash(2)).answers = false;
    servers.store(1, hash(1));

    assertThat(find(pass)).extracting(WriteShown::replica).containsExactly("a");
  }

  @Test
  void noSecretToPatch_nothingIsShown() {
    servers.replica("a", hash(2));

    assertThat(find(pass)).isEmpty();
  }

  private Scrape scrape() {
    return new ReadReplicas(time).read(servers);
  }

  private List<WriteShown> find(Pass looking) {
    servers.pageSize = 5000;
    Shard shard = Shard.of(0, servers.listSecrets("default", null).items());
    return new FindWriteKeys(servers, time)
        .run(new ProbedSecrets(looking, List.of(shard), List.of()));
  }
}
