package dev.rekey.app.simulated;

import dev.rekey.service.Ports;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.FaultSource;
import dev.rekey.simulation.fault.OutsideCalls;
import dev.rekey.storage.Table;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a simulated world begins with.
 *
 * @param faults what goes wrong, and when
 * @param arrivals events that arrive instead of those of the vault; null for those
 * @param prepared done to the cluster before anything happens
 * @param tampering how the engine is broken on purpose
 * @param watcher told of every call before it is made
 * @param log one line for everything that happens; null if nobody wants to know
 */
public record Setup(
    Shape shape,
    FaultSource faults,
    @Nullable Arrivals arrivals,
    Consumer<SimulatedCluster> prepared,
    Tampering tampering,
    Consumer<OutsideCalls.Observed> watcher,
    @Nullable Consumer<String> log) {
  /**
   * Events in an order of their own. A third version of the key is made too.
   *
   * @param apart the time between two of them
   */
  public record Arrivals(List<Arrival> events, Duration apart) {
    public Arrivals {
      events = List.copyOf(events);
    }
  }

  /**
   * How the engine is broken: for tests that must see it found out.
   *
   * @param ports what it is given in place of its ports
   * @param table what its records lie in, in place of the table
   * @param timer whether the timer ticks after the first time
   */
  public record Tampering(UnaryOperator<Ports> ports, UnaryOperator<Table> table, boolean timer) {
    public static final Tampering NONE = of(UnaryOperator.identity());

    /** Broken in what it makes of its ports. */
    public static Tampering of(UnaryOperator<Ports> ports) {
      return new Tampering(ports, UnaryOperator.identity(), true);
    }

    /** Broken in what it makes of its table. */
    public static Tampering ofTable(UnaryOperator<Table> table) {
      return new Tampering(UnaryOperator.identity(), table, true);
    }

    public Tampering withoutTimer() {
      return new Tampering(ports, table, false);
    }
  }

  /** A world in which nothing goes wrong. */
  public static Setup of(Shape shape) {
    return new Setup(shape, FaultPlan.NONE, null, any -> {}, Tampering.NONE, observed -> {}, null);
  }

  public Setup facing(FaultSource whatGoesWrong) {
    return new Setup(shape, whatGoesWrong, arrivals, prepared, tampering, watcher, log);
  }

  public Setup meeting(List<Arrival> events, Duration apart) {
    Arrivals instead = new Arrivals(events, apart);
    return new Setup(shape, faults, instead, prepared, tampering, watcher, log);
  }

  public Setup prepared(Consumer<SimulatedCluster> before) {
    return new Setup(shape, faults, arrivals, before, tampering, watcher, log);
  }

  public Setup tampered(Tampering with) {
    return new Setup(shape, faults, arrivals, prepared, with, watcher, log);
  }

  public Setup watched(Consumer<OutsideCalls.Observed> observer) {
    return new Setup(shape, faults, arrivals, prepared, tampering, observer, log);
  }

  public Setup logging(Consumer<String> lines) {
    return new Setup(shape, faults, arrivals, prepared, tampering, watcher, lines);
  }
}
