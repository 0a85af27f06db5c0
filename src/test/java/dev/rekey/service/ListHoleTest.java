package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise S5: an error, or an answer that can't be, is never the end of a list. */
class ListHoleTest {
  private final FakeApiServers servers = new FakeApiServers(new TestClock(NOW));
  private final List<Shard> stored = new ArrayList<>();

  /**
   * An API server answers 200 and an empty list for a namespace that isn't there: 404 comes from
   * something else.
   */
  @Test
  void listOfANamespaceAnswers404_itsSecretsAreNotSilentlyLeftOut() {
    servers.store("one", "s", hash(1));
    servers.store("two", "s", hash(1));
    servers.listFault =
        namespace ->
            namespace.equals("two")
                ? World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.NOT_FOUND)
                : null;

    assertThat(failsOrNames("two")).isTrue();
  }

  @Test
  void laterPageOfANamespaceAnswers404_theRestIsNotSilentlyLeftOut() {
    servers.pageSize = 1;
    servers.store("one", "a", hash(1));
    servers.store("one", "b", hash(1));
    servers.beforeNext("list", () -> {});
    servers.failNext("list", World.fault(OutsideSystem.API_SERVER, OutsideFault.Kind.NOT_FOUND));

    assertThat(failsOrNames("one/b")).isTrue();
  }

  /** What isn't in the expected order is taken for something seen before, and dropped. */
  @Test
  void pageIsNotInTheOrderOfNames_noSecretIsSilentlyLeftOut() {
    servers.store("one", "a", hash(1));
    servers.store("one", "b", hash(1));
    servers.reversed = true;

    assertThat(failsOrNames("one/a") && failsOrNames("one/b")).isTrue();
  }

  /**
   * Whether the list fails as a whole, or holds this Secret, or names this namespace as an
   * exception.
   */
  private boolean failsOrNames(String what) {
    stored.clear();
    try {
      new ListSecrets(servers, 10, stored::addAll).run(WantedSecrets.ALL);
    } catch (OutsideFault fault) {
      return true;
    }
    return stored.stream()
        .anyMatch(
            shard ->
                shard.remaining().stream().map(SecretRef::toString).anyMatch(what::equals)
                    || shard.exceptions().stream()
                        .anyMatch(exception -> what.startsWith(exception.namespace())));
  }
}
