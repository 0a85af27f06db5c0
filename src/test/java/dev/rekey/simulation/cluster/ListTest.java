package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.cluster.replica.ReplicaSettings;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListTest {

  @Test
  void pagesAreOrderedAndTogetherHoldEverySecretOnce() {
    World world = paged(25, ReplicaSettings.measured());

    List<SecretRef> all = listAll(world, null);

    assertThat(all).isEqualTo(world.refs());
    assertThat(listAll(world, "team-01")).hasSize(8);
  }

  @Test
  void allPagesShowTheStateOfTheFirstOne() {
    World world = paged(25, ReplicaSettings.measured());
    Listing<SecretRef> first = world.servers.listSecrets(null, null);
    OtherClient client = world.cluster.otherClient();
    client.create("zzz", "new", SecretContent.opaque(Map.of()));
    client.delete("team-02", "secret-0002");

    Listing<SecretRef> second = world.servers.listSecrets(null, first.next());
    Listing<SecretRef> third = world.servers.listSecrets(null, second.next());

    assertThat(third.next()).isNull();
    assertThat(third.items()).hasSize(5).noneMatch(each -> each.namespace().equals("zzz"));
    assertThat(second.items()).anyMatch(each -> each.toString().equals("team-02/secret-0002"));
  }

  @Test
  void aTokenThatIsTooOldIsAnsweredWithOneThatGoesOnInTheNewestState() {
    World world = paged(25, ReplicaSettings.measured());
    Listing<SecretRef> first = world.servers.listSecrets(null, null);
    world.time.advance(Duration.ofMinutes(6));

    OutsideFault fault =
        catchThrowableOfType(
            OutsideFault.class, () -> world.servers.listSecrets(null, first.next()));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.EXPIRED_CONTINUE);
    Listing<SecretRef> second = world.servers.listSecrets(null, fault.freshContinue());
    assertThat(second.items()).isEqualTo(world.refs().subList(10, 20));
    assertThat(world.servers.listSecrets(null, second.next()).items()).hasSize(5);
  }

  @Test
  void aTextThatIsNoTokenIsRejected() {
    World world = paged(1, ReplicaSettings.measured());

    assertThat(
            catchThrowableOfType(
                    OutsideFault.class, () -> world.servers.listSecrets(null, "nonsense"))
                .kind())
        .isEqualTo(OutsideFault.Kind.REJECTED);
  }

  @Test
  void onlyOlderServersReadEtcdForTheLaterPages() {
    World newer = paged(25, ReplicaSettings.measured());
    World older = paged(25, ReplicaSettings.measured().withPagesReadEtcd());
    listAll(newer, null);
    listAll(older, null);

    assertThat(newer.reads(0, World.KEY_1) + newer.reads(1, World.KEY_1)).isEqualTo(50);
    assertThat(older.reads(0, World.KEY_1) + older.reads(1, World.KEY_1)).isEqualTo(65);
  }

  @Test
  void namespacesComeInPagesToo() {
    World world = new World(ClusterShape.encrypting(World.BEFORE).withPageSize(3), 1);
    world.cluster.seed(SecretBatch.of(3, 3)).start();

    Listing<String> first = world.servers.listNamespaces(null);
    Listing<String> second = world.servers.listNamespaces(first.next());
    Listing<String> third = world.servers.listNamespaces(second.next());

    assertThat(first.items()).containsExactly("default", "kube-node-lease", "kube-public");
    assertThat(second.items()).containsExactly("kube-system", "team-00", "team-01");
    assertThat(third.items()).containsExactly("team-02");
    assertThat(third.next()).isNull();
  }

  private static World paged(int secrets, ReplicaSettings settings) {
    World world =
        new World(ClusterShape.encrypting(World.BEFORE).with(settings).withPageSize(10), 1);
    world.cluster.seed(SecretBatch.of(secrets, 3)).start();
    return world;
  }

  private static List<SecretRef> listAll(World world, String namespace) {
    List<SecretRef> all = new ArrayList<>();
    String next = null;
    do {
      Listing<SecretRef> page = world.servers.listSecrets(namespace, next);
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    return all;
  }
}
