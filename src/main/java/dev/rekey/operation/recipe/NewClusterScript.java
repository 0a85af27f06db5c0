package dev.rekey.operation.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * A new cluster as a shell script of {@code az} commands, in the order that works. Its options are
 * those of the Azure CLI 2.91.
 */
public final class NewClusterScript {
  private NewClusterScript() {}

  /** The whole script, with comments that explain it and a line break at its end. */
  public static String of(NewCluster wanted) {
    List<String> sections = new ArrayList<>();
    sections.add(ScriptHead.of(wanted));
    sections.add(VaultCommands.identityAndVault(wanted));
    sections.add(VaultCommands.rightsOfTheIdentity(wanted));
    sections.addAll(VaultCommands.ownRights(wanted));
    sections.add(VaultCommands.key(wanted));
    sections.addAll(VaultCommands.closing(wanted));
    sections.addAll(ClusterCommands.waiting(wanted));
    sections.add(ClusterCommands.cluster(wanted));
    sections.add(ClusterCommands.verification(wanted));
    return String.join("\n", sections);
  }
}
