package dev.rekey.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Testbed;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs everything, prints tables, and writes the report. */
public final class Benchmark {
  private static final int BYTES = 1024;
  private static final int NAMESPACES = 50;
  private static final int IN_FLIGHT = 32;
  private static final int IN_FLIGHT_FROM_AFAR = 64;
  private static final Duration ROUND_TRIP = Duration.ofMillis(10);
  private static final Duration IDLE = Duration.ofSeconds(5);

  private final Settings settings;
  private final ObjectNode report = new ObjectMapper().createObjectNode();

  private Benchmark(Settings settings) {
    this.settings = settings;
  }

  public static void main(String[] arguments) throws InterruptedException {
    new Benchmark(Settings.read()).run();
  }

  private void run() throws InterruptedException {
    conditions();
    try (Testbed testbed =
        Testbed.with(new KeysInMemory())
            .key(Rotation.first())
            .flags(StorageVersionMigration.API_SERVER_FLAGS)
            .start()) {
      Seed.plant(testbed.requests(), settings.secrets(), BYTES, NAMESPACES);
      idle(testbed);
      Rotation rotation = new Rotation(testbed);
      if (settings.parts().contains("near")) {
        near(testbed, rotation);
      }
      if (settings.parts().contains("distant")) {
        fromAfar(testbed, rotation);
      }
    }
    if (settings.parts().contains("small")) {
      fewSecrets();
    }
    System.out.printf("%nReport: %s%n", ReportFile.write(report));
    System.out.printf("Picture: %s%n", ReportPicture.write(report));
  }

  private void conditions() {
    report.put("secrets", settings.secrets());
    report.put("repeats", settings.repeats());
    report
        .putObject("conditions")
        .put("startedAt", Instant.now().toString())
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"))
        .put(
            "loadAverageBefore",
            ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** How long a small read takes while nobody else does anything. */
  private void idle(Testbed testbed) throws InterruptedException {
    try (InnocentClient innocent = InnocentClient.start(testbed)) {
      Instant started = Instant.now();
      Thread.sleep(IDLE.toMillis());
      double p99 = innocent.p99Millis(new Phase("idle", started, Instant.now()));
      report.putObject("idle").put(Figures.INNOCENT, ReportFile.rounded(p99));
    }
  }

  private void near(Testbed testbed, Rotation rotation) {
    Stage stage = new Stage(testbed, testbed.url(), IN_FLIGHT);
    Contest contest = new Contest(new Turn(stage, rotation, settings.secrets()), "0 ms");
    if (settings.warmUp()) {
      contest.warmUp(settings);
    }
    compete(contest, "clients", "At the API server, %d in flight".formatted(IN_FLIGHT));
  }

  /** Everything is warm by now, so all rounds count. */
  private void fromAfar(Testbed testbed, Rotation rotation) {
    int port = URI.create(testbed.url()).getPort();
    try (DelayingProxy proxy = DelayingProxy.before(port, ROUND_TRIP)) {
      String url = "https://127.0.0.1:" + proxy.port();
      Stage stage = new Stage(testbed, url, IN_FLIGHT_FROM_AFAR);
      Contest contest = new Contest(new Turn(stage, rotation, settings.secrets()), "10 ms");
      String title = "Over a round trip of 10 ms, %d in flight".formatted(IN_FLIGHT_FROM_AFAR);
      compete(contest, "roundTrip10ms", title);
    }
  }

  private void compete(Contest contest, String where, String title) {
    for (int number = 1; number <= settings.repeats(); number++) {
      contest.round(number, settings);
    }
    ReportFile.add(report, where, contest);
    System.out.printf("%n%s, %d Secrets%n%n", title, settings.secrets());
    System.out.print(ReportTable.of(contest.medians()));
    System.out.println();
    Ratios.of(contest.medians())
        .forEach((name, ratio) -> System.out.printf("%-90s %6.2f%n", name, ratio));
  }

  private void fewSecrets() {
    List<Client> clients = Contest.CLIENTS.stream().filter(settings::includes).toList();
    SmallRun small = SmallRun.of(clients);
    ObjectNode object = report.putObject("hundredSecrets");
    System.out.printf("%nWith 100 Secrets of 1 KiB%n%n");
    for (Client client : clients) {
      long bytes = small.secretBytes().get(client.name());
      long calls = small.vaultCalls().get(client.name());
      object.putObject(client.name()).put("secretBytesReceived", bytes).put("vaultCalls", calls);
      System.out.printf(
          "%-38s %8d bytes of Secrets received, %d vault calls%n", client.name(), bytes, calls);
    }
  }
}
