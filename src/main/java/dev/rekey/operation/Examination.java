package dev.rekey.operation;

import dev.rekey.operation.preflight.Finding;
import java.util.List;

/**
 * How a cluster stands, with nothing to be done to it in mind.
 *
 * @param findings what each check has found
 * @param secrets what was found out about the Secrets
 */
public record Examination(ClusterName cluster, List<Finding> findings, SecretsPlan secrets) {
  public Examination {
    findings = List.copyOf(findings);
  }
}
