package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.Examination;

/** An examination as a document, schema {@code rekey.dev/examination/v1}. */
public final class ExaminationJson {
  private ExaminationJson() {}

  /** The whole document, on one line. */
  public static String text(Examination examination) {
    ObjectNode json =
        Json.object()
            .put("schema", "rekey.dev/examination/v1")
            .put("cluster", examination.cluster().value());
    FindingsJson.putFindings(json, examination.findings());
    FindingsJson.putSecrets(json, examination.secrets());
    return json.toString();
  }
}
