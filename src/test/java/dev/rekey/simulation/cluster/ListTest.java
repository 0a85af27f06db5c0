package dev.rekey.simulation.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchAnswer;
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
  void pagesAreOrderedAndTogetherHoldEverySecretOfTheNamespaceOnce() {
    World world = paged(25, ReplicaSettings.measured());
    world.cluster.otherClient().create("team-000", "other", SecretContent.opaque(Map.of()));

    assertThat(listAll(world))
        .extracting(SecretRef::name)
        .hasSize(25)
        .isSorted()
        .startsWith("secret-0000")
        .endsWith("secret-0024");
  }

  @Test
  void aListedSecretCarriesTheVersionOfTheListBehindWhichOnlyALaterWriteMoves() {
    World world = new World(ClusterShape.encrypting(World.ROTATED), 1);
    world.cluster.seed(SecretBatch.of(3, 1), World.BEFORE).start();
    SecretRef first = world.servers.listSecrets("team-00", null).items().get(0);
    assertThat(first.resourceVersion()).isEqualTo("4");

    world.patchAt(0, first);
    SecretRef again = world.servers.listSecrets("team-00", null).items().get(0);

    assertThat(world.patchAt(0, first)).isEqualTo(new PatchAnswer.Patched("5"));
    assertThat(first.isMovedBy("5")).isTrue();
    assertThat(again.isMovedBy("5")).isFalse();
  }

  @Test
  void allPagesShowTheStateOfTheFirstOne() {
    World world = paged(25, ReplicaSettings.measured());
    Listing<SecretRef> first = world.servers.listSecrets("team-00", null);
    OtherClient client = world.cluster.otherClient();
    client.create("team-00", "zzz", SecretContent.opaque(Map.of()));
    client.delete("team-00", "secret-0012");

    Listing<SecretRef> second = world.servers.listSecrets("team-00", first.next());
    Listing<SecretRef> third = world.servers.listSecrets("team-00", second.next());

    assertThat(third.next()).isNull();
    assertThat(third.items()).hasSize(5).noneMatch(each -> each.name().equals("zzz"));
    assertThat(second.items()).anyMatch(each -> each.name().equals("secret-0012"));
  }

  @Test
  void aTokenThatIsTooOldIsAnsweredWithOneThatGoesOnInTheNewestState() {
    World world = paged(25, ReplicaSettings.measured());
    Listing<SecretRef> first = world.servers.listSecrets("team-00", null);
    world.time.advance(Duration.ofMinutes(6));

    OutsideFault fault =
        catchThrowableOfType(
            OutsideFault.class, () -> world.servers.listSecrets("team-00", first.next()));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.EXPIRED_CONTINUE);
    Listing<SecretRef> second = world.servers.listSecrets("team-00", fault.freshContinue());
    assertThat(second.items()).extracting(SecretRef::name).startsWith("secret-0010").hasSize(10);
    assertThat(world.servers.listSecrets("team-00", second.next()).items()).hasSize(5);
  }

  @Test
  void aTextThatIsNoTokenIsRejected() {
    World world = paged(1, ReplicaSettings.measured());

    assertThat(
            catchThrowableOfType(
                    OutsideFault.class, () -> world.servers.listSecrets("team-00", "nonsense"))
                .kind())
        .isEqualTo(OutsideFault.Kind.REJECTED);
  }

  @Test
  void onlyOlderServersReadEtcdForTheLaterPages() {
    World newer = paged(25, ReplicaSettings.measured());
    World older = paged(25, ReplicaSettings.measured().withPagesReadEtcd());
    listAll(newer);
    listAll(older);

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
    world.cluster.seed(SecretBatch.of(secrets, 1)).start();
    return world;
  }

  private static List<SecretRef> listAll(World world) {
    List<SecretRef> all = new ArrayList<>();
    String next = null;
    do {
      Listing<SecretRef> page = world.servers.listSecrets("team-00", next);
      all.addAll(page.items());
      next = page.next();
    } while (next != null);
    return all;
  }
}
