package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Promise S5: a list that ends by an error is never an ended list. */
class ListSecretsTest {
  private final FakeApiServers servers = new FakeApiServers(new TestClock(NOW));
  private final Map<Integer, Shard> stored = new TreeMap<>();

  @Test
  void manyPages_everySecretIsInOneShardOnce() {
    servers.pageSize = 7;
    servers.store(100, hash(1));

    ListSecrets.Listed listed = list();

    assertThat(listed.shards()).isEqualTo(10);
    assertThat(listed.discovered()).isEqualTo(100);
    assertThat(names()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void noSecrets_noShards() {
    ListSecrets.Listed listed = list();

    assertThat(listed.shards()).isZero();
    assertThat(listed.discovered()).isZero();
  }

  @Test
  void laterPageFails_listFailsAsAWhole() {
    servers.pageSize = 10;
    servers.store(30, hash(1));
    for (OutsideFault.Kind kind : OutsideFault.Kind.values()) {
      if (kind == OutsideFault.Kind.UNDECRYPTABLE || kind == OutsideFault.Kind.NOT_FOUND) {
        continue;
      }
      servers.beforeNext("list", () -> {});
      servers.failNext("list", World.fault(OutsideSystem.API_SERVER, kind));

      assertThatThrownBy(this::list).as("%s", kind).isInstanceOf(OutsideFault.class);
    }
  }

  @Test
  void expiredTokenWithAFreshOne_goesOnAndNothingIsTwice() {
    servers.pageSize = 10;
    servers.store(30, hash(1));
    servers.beforeNext("list", () -> {});
    servers.failNext("list", expired("default/s0009"));

    list();

    assertThat(names()).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void freshTokenGoesOnFromALittleEarlier_nothingIsTwice() {
    servers.pageSize = 10;
    servers.store(30, hash(1));
    servers.beforeNext("list", () -> {});
    servers.failNext("list", expired("default/s0004"));

    ListSecrets.Listed listed = list();

    assertThat(names()).hasSize(30).doesNotHaveDuplicates();
    assertThat(listed.discovered()).isEqualTo(30);
  }

  @Test
  void expiredTokenWithoutAFreshOne_listFails() {
    servers.pageSize = 10;
    servers.store(30, hash(1));
    servers.beforeNext("list", () -> {});
    servers.failNext("list", expired(null));

    assertThatThrownBy(this::list).isInstanceOf(OutsideFault.class);
  }

  @Test
  void oneSecretCannotBeDecrypted_onlyItsNamespaceIsAnException() {
    servers.store("good", "one", hash(1));
    servers.store("bad", "one", hash(1));
    servers.store("other", "one", hash(1));
    servers.listFault = namespace -> namespace.equals("bad") ? undecryptable() : null;

    ListSecrets.Listed listed = list();

    assertThat(names()).containsExactlyInAnyOrder("good/one", "other/one");
    assertThat(exceptions())
        .containsExactly(
            new SecretException("bad", "*", ExceptionReason.NAMESPACE_UNLISTABLE, null));
    assertThat(listed.discovered()).isEqualTo(3);
  }

  @Test
  void laterPageOfANamespaceCannotBeDecrypted_itsEarlierPagesAreKeptAndItIsAnException() {
    servers.pageSize = 10;
    servers.store(15, hash(1));
    servers.beforeNext("list", () -> {});
    servers.failNext("list", undecryptable());

    list();

    assertThat(names()).hasSize(10);
    assertThat(exceptions()).hasSize(1);
  }

  @Test
  void someCannotBeDecryptedAndAreNamed_allOthersAndTheyThemselvesAreListedOnce() {
    servers.store(1_200, hash(1));
    servers.damaged.addAll(Set.of("s0000", "s0611", "s0612", "s1199"));

    ListSecrets.Listed listed = list();

    assertThat(names()).hasSize(1_200).doesNotHaveDuplicates();
    assertThat(exceptions()).isEmpty();
    assertThat(listed.discovered()).isEqualTo(1_200);
    assertThat(servers.lists).isLessThan(80);
  }

  /** An empty page after the last one tells the version all the same. */
  @Test
  void onlySecretOfANamespaceCannotBeDecrypted_isListedByName() {
    servers.store("bad", "one", hash(1));
    servers.damaged.add("one");

    list();

    assertThat(names()).containsExactly("bad/one");
    assertThat(exceptions()).isEmpty();
  }

  @Test
  void damagedOneIsMendedWhileTheListComesNear_isListedLikeAnyOther() {
    servers.store(1_200, hash(1));
    servers.damaged.add("s0450");
    servers.beforeNext("list", () -> {});
    servers.beforeNext("list", () -> {});
    servers.beforeNext("list", servers.damaged::clear);

    list();

    assertThat(names()).hasSize(1_200).doesNotHaveDuplicates();
  }

  @Test
  void serverRefusesToGoOnBehindIt_theNamespaceIsAnExceptionAndNeverAnEndedList() {
    servers.store("bad", "a", hash(1));
    servers.store("bad", "b", hash(1));
    servers.store("bad", "c", hash(1));
    servers.damaged.add("b");
    servers.takesTokensOfOthers = false;

    list();

    assertThat(names()).containsExactly("bad/a");
    assertThat(exceptions())
        .containsExactly(
            new SecretException("bad", "*", ExceptionReason.NAMESPACE_UNLISTABLE, null));
  }

  @Test
  void twoHundredAreGoneAround_oneMoreMakesTheNamespaceAnException() {
    servers.store(201, hash(1));
    servers.store("other", "one", hash(1));
    servers.secrets.keySet().stream()
        .filter(path -> path.startsWith("default/"))
        .forEach(path -> servers.damaged.add(path.substring("default/".length())));

    list();

    assertThat(names()).containsExactly("other/one");
    assertThat(exceptions()).hasSize(1);

    servers.secrets.remove("default/s0100");
    list();

    assertThat(names()).hasSize(201);
    assertThat(exceptions()).isEmpty();
  }

  @Test
  void listFailsInAnotherWayWhileItGoesAround_listFailsAsAWhole() {
    servers.store(30, hash(1));
    servers.damaged.add("s0010");
    for (int page = 0; page < 6; page++) {
      servers.beforeNext("list", () -> {});
    }
    servers.failNext("list", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.BUSY));

    assertThatThrownBy(this::list).isInstanceOf(OutsideFault.class);
  }

  @Test
  void namespacesCannotBeListed_listFailsAsAWhole() {
    servers.failNext("namespaces", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.BROKEN));

    assertThatThrownBy(this::list).isInstanceOf(OutsideFault.class);
  }

  private ListSecrets.Listed list() {
    stored.clear();
    return new ListSecrets(
            servers, 10, shards -> shards.forEach(shard -> stored.put(shard.number(), shard)))
        .run(WantedSecrets.ALL);
  }

  private List<String> names() {
    return stored.values().stream()
        .flatMap(shard -> shard.remaining().stream())
        .map(SecretRef::toString)
        .toList();
  }

  private List<SecretException> exceptions() {
    return stored.values().stream().flatMap(shard -> shard.exceptions().stream()).toList();
  }

  private static OutsideFault undecryptable() {
    return World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.UNDECRYPTABLE);
  }

  private static OutsideFault expired(String fresh) {
    return new OutsideFault(
        OutsideSystem.API_SERVER, OutsideFault.Kind.EXPIRED_CONTINUE, "expired", null, fresh);
  }
}
