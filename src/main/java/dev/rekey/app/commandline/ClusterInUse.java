package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import java.nio.file.Path;

/** Another process works on the cluster with the same records. */
public final class ClusterInUse extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ClusterInUse(ClusterName cluster, Path records) {
    super(
        "another rekey works on "
            + cluster
            + " with the records in "
            + records
            + "; wait for it to end, then type the command again");
  }
}
