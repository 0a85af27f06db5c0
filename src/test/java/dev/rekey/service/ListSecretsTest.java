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
  void namespacesCannotBeListed_listFailsAsAWhole() {
    servers.failNext("namespaces", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.BROKEN));

    assertThatThrownBy(this::list).isInstanceOf(OutsideFault.class);
  }

  private ListSecrets.Listed list() {
    stored.clear();
    return new ListSecrets(
            servers, 10, shards -> shards.forEach(shard -> stored.put(shard.number(), shard)))
        .run();
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
