package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardPackingTest {

  @Test
  void smallNamespaces_goIntoOneShard() {
    ShardPacking packing = new ShardPacking(10);
    packing.add(new SecretRef("a", "one", "1"));
    packing.add(new SecretRef("b", "one", "1"));
    packing.add(new SecretRef("c", "one", "1"));

    assertThat(packing.takeRest()).singleElement().matches(shard -> shard.remaining().size() == 3);
  }

  @Test
  void largeNamespace_isSlicedInOrder() {
    ShardPacking packing = new ShardPacking(10);
    List<SecretRef> secrets = Samples.secrets(25);
    secrets.forEach(packing::add);

    List<Shard> shards = packing.takeRest();

    assertThat(shards).extracting(shard -> shard.remaining().size()).containsExactly(10, 10, 5);
    assertThat(shards).extracting(Shard::number).containsExactly(0, 1, 2);
    assertThat(shards.stream().flatMap(shard -> shard.remaining().stream())).isEqualTo(secrets);
  }

  @Test
  void longNames_closeAShardBeforeItsRowIsFull() {
    ShardPacking packing = new ShardPacking(2000);
    for (int number = 0; number < 2000; number++) {
      packing.add(new SecretRef("n".repeat(63), String.format("%0253d", number), "1"));
    }

    List<Shard> shards = packing.takeRest();

    assertThat(shards).allMatch(shard -> shard.remaining().size() * (63 + 253 + 80) < 480_000);
    assertThat(shards.stream().mapToInt(shard -> shard.remaining().size()).sum()).isEqualTo(2000);
  }

  @Test
  void fullShards_areHandedOutOnce() {
    ShardPacking packing = new ShardPacking(2);
    List<Shard> taken = new ArrayList<>();
    for (SecretRef secret : Samples.secrets(5)) {
      packing.add(secret);
      taken.addAll(packing.takeFull());
    }
    taken.addAll(packing.takeRest());

    assertThat(taken).extracting(Shard::number).containsExactly(0, 1, 2);
    assertThat(packing.count()).isEqualTo(3);
    assertThat(packing.discovered()).isEqualTo(5);
    assertThat(packing.takeRest()).isEmpty();
  }

  @Test
  void namespaceThatCannotBeListed_isAShardOfItsOwnAndCounts() {
    ShardPacking packing = new ShardPacking(10);
    packing.add(Samples.secret("one"));
    packing.addUnlistable("broken");

    assertThat(packing.takeRest()).extracting(Shard::number).containsExactlyInAnyOrder(0, 1);
    assertThat(packing.discovered()).isEqualTo(2);
  }

  @Test
  void noSecrets_noShards() {
    ShardPacking packing = new ShardPacking(10);

    assertThat(packing.takeRest()).isEmpty();
    assertThat(packing.count()).isZero();
  }
}
