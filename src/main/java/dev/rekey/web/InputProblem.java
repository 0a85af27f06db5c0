package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing that is wrong with what somebody sent or set. Nothing of what was found is quoted.
 *
 * @param member the member, header, path segment or setting
 * @param problem what is wrong, and the form that is expected
 * @param remedy what to send or set instead, with an example
 */
public record InputProblem(String member, String problem, String remedy) {

  ObjectNode json() {
    return Json.object().put("member", member).put("problem", problem).put("remedy", remedy);
  }
}
