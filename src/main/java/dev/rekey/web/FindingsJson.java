package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.SecretsPlan;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.SecretException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What checks and dry runs have found, as members of a document. */
final class FindingsJson {
  private FindingsJson() {}

  static void putFindings(ObjectNode json, List<Finding> findings) {
    ArrayNode list = json.putArray("findings");
    findings.forEach(finding -> list.add(of(finding)));
  }

  private static ObjectNode of(Finding finding) {
    return Json.object()
        .put("check", finding.check())
        .put("verdict", finding.verdict().token())
        .put("sentence", finding.sentence())
        .put("seen", finding.seen())
        .put("expected", finding.expected())
        .put("remedy", finding.remedy())
        .put("link", finding.link());
  }

  static void putSecrets(ObjectNode json, SecretsPlan secrets) {
    Estimate estimate = secrets.estimate();
    json.put("secrets", estimate == null ? null : estimate.secrets());
    json.put("shards", estimate == null ? null : estimate.shards());
    json.set("estimate", estimate == null ? null : of(estimate));
    json.set("dryRun", of(secrets.scan()));
    json.put("notListed", secrets.notListed());
  }

  private static ObjectNode of(Estimate estimate) {
    return Json.object()
        .put("seconds", estimate.seconds())
        .put("looksPerSecond", Math.round(estimate.looksPerSecond()))
        .put("sampled", estimate.sampled());
  }

  private static @Nullable ObjectNode of(@Nullable DryScan scan) {
    if (scan == null) {
      return null;
    }
    ObjectNode json =
        Json.object()
            .put("looked", scan.looked())
            .put("of", scan.secrets())
            .put("inTheWay", scan.inTheWay())
            .put("untold", scan.untold());
    ArrayNode reasons = json.putArray("reasons");
    scan.found()
        .forEach(
            (reason, some) -> {
              ObjectNode one =
                  Json.object()
                      .put("reason", reason.token())
                      .put("sentence", reason.sentence())
                      .put("toldByDryRun", reason.isToldByDryRun())
                      .put("count", some.count());
              ArrayNode few = one.putArray("few");
              some.few().forEach(each -> few.add(of(each)));
              reasons.add(one);
            });
    return json;
  }

  private static ObjectNode of(SecretException each) {
    return Json.object()
        .put("namespace", each.namespace())
        .put("name", each.name())
        .put("by", each.by());
  }
}
