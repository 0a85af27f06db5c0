package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a storage queue delivers: at least once, and by receipts. */
abstract class QueueDeliveryContract {

  /** A message in somebody's hands. */
  interface Taken {
    String text();

    /** How often it has been taken, this time included. */
    long dequeues();
  }

  /** A queue, empty at first; who takes a message has it for a short time. */
  interface Queue {
    void send(String text, Duration delay);

    /** Empty if none is visible. */
    Optional<? extends Taken> take();

    /** Whether it was deleted; false for a receipt that no longer counts. */
    boolean delete(Taken taken);

    /** Lets as much time pass as a taken message is hidden. */
    void passHidden();

    /** Lets as much time pass as a message was delayed. */
    void pass(Duration delay);
  }

  abstract Queue queue();

  @Test
  void takenMessage_isHiddenFromOthersAndComesBackWhenItsTakerIsNeverHeardOfAgain() {
    Queue queue = queue();
    queue.send("shard 1", Duration.ZERO);

    Taken first = queue.take().orElseThrow();
    assertThat(first.dequeues()).isEqualTo(1);
    assertThat(queue.take()).isEmpty();
    queue.passHidden();

    Taken second = queue.take().orElseThrow();
    assertThat(second.text()).isEqualTo("shard 1");
    assertThat(second.dequeues()).isEqualTo(2);
  }

  @Test
  void deletedMessage_neverComesBack() {
    Queue queue = queue();
    queue.send("shard 1", Duration.ZERO);

    assertThat(queue.delete(queue.take().orElseThrow())).isTrue();
    queue.passHidden();

    assertThat(queue.take()).isEmpty();
  }

  @Test
  void slowTakerDeletesWhatAnotherHasTakenMeanwhile_itIsToldNoAndTheOtherStillHasIt() {
    Queue queue = queue();
    queue.send("shard 1", Duration.ZERO);
    Taken slow = queue.take().orElseThrow();
    queue.passHidden();
    Taken other = queue.take().orElseThrow();

    assertThat(queue.delete(slow)).isFalse();
    queue.passHidden();

    Taken again = queue.take().orElseThrow();
    assertThat(again.dequeues()).isEqualTo(3);
    assertThat(queue.delete(other)).isFalse();
    assertThat(queue.delete(again)).isTrue();
  }

  /** Nobody has taken it since, so its receipt still counts. */
  @Test
  void slowTakerDeletesWhatNobodyElseHasTaken_itIsGone() {
    Queue queue = queue();
    queue.send("shard 1", Duration.ZERO);
    Taken slow = queue.take().orElseThrow();
    queue.passHidden();

    assertThat(queue.delete(slow)).isTrue();

    assertThat(queue.take()).isEmpty();
  }

  @Test
  void deletedTwice_theSecondIsToldNo() {
    Queue queue = queue();
    queue.send("shard 1", Duration.ZERO);
    Taken taken = queue.take().orElseThrow();

    assertThat(queue.delete(taken)).isTrue();
    assertThat(queue.delete(taken)).isFalse();
  }

  @Test
  void delayedMessage_isSeenOnlyAfterItsTimeAndHasNotBeenTaken() {
    Queue queue = queue();
    Duration delay = Duration.ofSeconds(2);
    queue.send("turn 7", delay);

    assertThat(queue.take()).isEmpty();
    queue.pass(delay);

    assertThat(queue.take().orElseThrow().dequeues()).isEqualTo(1);
  }

  @Test
  void sameTextSentTwice_isTwoMessages() {
    Queue queue = queue();
    queue.send("turn 7", Duration.ZERO);
    queue.send("turn 7", Duration.ZERO);

    List<String> taken = new ArrayList<>();
    queue.take().ifPresent(one -> taken.add(one.text()));
    queue.take().ifPresent(one -> taken.add(one.text()));

    assertThat(taken).containsExactly("turn 7", "turn 7");
    assertThat(queue.take()).isEmpty();
  }
}
