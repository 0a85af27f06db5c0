package dev.rekey.endtoend.kills;

import dev.rekey.testbed.Testbed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Runs one operation through its lives: each process goes on where the one before was killed. */
final class KilledAgainAndAgain {
  private static final Duration ENDS_WITHIN = Duration.ofMinutes(3);

  /** A third round of a proof that a restart voids would be left to a person. */
  private static final int MOST_VOIDED = 1;

  /** By so much an operation may be ahead of the kills that are to meet it. */
  private static final double AHEAD = 0.03;

  /** The exit code of a process that SIGKILL has ended. */
  private static final int KILLED = 137;

  private final Testbed testbed;
  private final RecordsFolder records;
  private final Toll toll;
  private final Comparisons comparisons;
  private int started;

  KilledAgainAndAgain(Testbed testbed, RecordsFolder records, Toll toll, Comparisons comparisons) {
    this.testbed = testbed;
    this.records = records;
    this.toll = toll;
    this.comparisons = comparisons;
  }

  /**
   * Types the command until the operation has ended. Etcd is compared with the records after each
   * kill and each calamity, and after the end.
   *
   * @param lives what is left of them when it has ended is for the next operation
   * @return what the last process said
   */
  String toTheEnd(Deque<Life> lives, EtcdAndClaim both) throws InterruptedException {
    int all = lives.size();
    List<Life> tooLate = new ArrayList<>();
    String said = "";
    while (said.isEmpty() && !lives.isEmpty()) {
      Life next = lives.removeFirst();
      boolean ahead = records.progress() > (double) (all - lives.size()) / all + AHEAD;
      if (next.restartsApiServer() && records.proofRounds() > MOST_VOIDED) {
        tooLate.add(next);
      } else {
        said = live(ahead ? next.shortened() : next, both);
      }
    }
    lives.addAll(tooLate);
    said = said.isEmpty() ? undisturbed() : said;
    comparisons.make("the end", both);
    return said;
  }

  private String undisturbed() {
    testbed.replica(0).awaitReady();
    try (TypedRekey last = start()) {
      if (!last.endsWithin(ENDS_WITHIN) || last.await() != 0) {
        throw new IllegalStateException("not done undisturbed:\n" + last.said());
      }
      return last.said();
    }
  }

  /** Until this life has ended by a kill; what it said if the operation has ended instead. */
  private String live(Life life, EtcdAndClaim both) throws InterruptedException {
    while (true) {
      Set<String> before = new TreeSet<>(records.unfinishedWrites());
      int ended = records.ended();
      try (TypedRekey rekey = start();
          RecordsWatch watch = RecordsWatch.over(records.path())) {
        runUntilTheKill(life, rekey, watch, both);
        rekey.kill9();
        int code = rekey.await();
        if (code == KILLED) {
          Set<String> left = records.unfinishedWrites();
          left.removeAll(before);
          toll.killed(!left.isEmpty(), records.ended() > ended);
          comparisons.make("kill " + toll.kills(), both);
          awaitServer(life);
          return "";
        }
        if (code == 0) {
          return rekey.said();
        }
        toll.ended(code, rekey.said());
      }
      testbed.replica(0).awaitReady();
    }
  }

  private void runUntilTheKill(Life life, TypedRekey rekey, RecordsWatch watch, EtcdAndClaim both)
      throws InterruptedException {
    switch (life.moment()) {
      case STARTED -> {}
      case RECORD_WRITTEN -> {
        while (rekey.isAlive() && !watch.await(life.writes(), 100)) {}
      }
      case AT_WORK -> {
        rekey.awaitWork();
        if (life.calamity() != null && !rekey.endsWithin(life.calamityAfter())) {
          new Strike(testbed, life.seed()).by(life.calamity());
          toll.struck(life.calamity());
          comparisons.begin(life.calamity() + ", then kill " + (toll.kills() + 1), both);
        }
      }
    }
    rekey.endsWithin(life.delay());
  }

  private void awaitServer(Life life) {
    if (life.thenReady()) {
      testbed.replica(0).awaitReady();
    }
  }

  private TypedRekey start() {
    try {
      Path logs = Files.createDirectories(testbed.folder().resolve("rekey"));
      Path log = Files.createFile(logs.resolve("life-%04d.log".formatted(started++)));
      return TypedRekey.start(testbed.kubeconfig(), records.path(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
