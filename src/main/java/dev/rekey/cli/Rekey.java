package dev.rekey.cli;

import dev.rekey.app.Release;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. Exit codes: 0 done, 1 failed, 2 usage, 3 not yet, 4 refused. */
@Command(
    name = "rekey",
    mixinStandardHelpOptions = true,
    versionProvider = Rekey.Version.class,
    description =
        "Rotates the key that encrypts a cluster's Secrets, re-encrypts each of them without"
            + " reading one, and proves it.",
    footer = {
      "",
      "Exit codes: 0 done, 1 failed, 2 usage, 3 not yet (type the command again to go on),"
          + " 4 refused.",
      "A safe first try: rekey census --kubeconfig FILE"
    },
    subcommands = {
      SimulateCommand.class,
      KeysCommand.class,
      CensusCommand.class,
      PlanCommand.class,
      DoctorCommand.class,
      ReencryptCommand.class,
      RotateCommand.class,
      EnableCommand.class,
      DisableCommand.class,
      ChangeVaultAccessCommand.class,
      MigrateToKmsV2Command.class,
      RecoverExpiredKeyCommand.class,
      RecoverDroppedKeyCommand.class,
      ReturnCommand.class,
      EvidenceCommand.class
    })
public final class Rekey {

  /** Runs a command and ends the process with its exit code. */
  public static void main(String... arguments) {
    int code = run(arguments);
    System.out.flush();
    if (code != ExitCode.DONE) {
      System.exit(code);
    }
  }

  /** Runs a command. */
  static int run(String... arguments) {
    return run(CommandLine.defaultFactory(), arguments);
  }

  /**
   * The same.
   *
   * @param parts makes commands and what they consist of
   */
  static int run(CommandLine.IFactory parts, String... arguments) {
    return new CommandLine(new Rekey(), parts)
        .setExecutionExceptionHandler(new Failures())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
  }

  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"rekey " + Release.version()};
    }
  }
}
