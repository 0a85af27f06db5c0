package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads a list of ARM, all of its pages, one after another:
 *
 * <ul>
 *   <li>A page that is no list is an error, never a page without elements: a key version would be
 *       told as needed by none.
 *   <li>A page that can't be had ends the list by its error, never as an ended list.
 *   <li>A next page is asked for at ARM's own host alone, since a token goes with the question.
 *   <li>A next page that leads back to itself isn't followed for ever.
 * </ul>
 */
final class ArmPages {
  private final ArmHost host;
  private final int most;

  /**
   * @param most of how many pages a list has at most
   */
  ArmPages(ArmHost host, int most) {
    this.host = host;
    this.most = most;
  }

  /**
   * Hands over each element.
   *
   * @param doing our own words for the list, such as {@code list the clusters of /subscriptions/…}
   * @param first the address of the first page
   * @param read gives the body of the page at an address
   * @throws dev.rekey.service.port.OutsideFault as {@code read} and {@code look} do; with {@code
   *     MALFORMED} if a page is no list, leads elsewhere or has no end
   */
  void each(
      String doing, String first, Function<String, ObjectNode> read, Consumer<JsonNode> look) {
    String next = first;
    for (int page = 0; page < most; page++) {
      ObjectNode body = read.apply(next);
      if (!body.path("value").isArray()) {
        throw ArmFaults.malformed(doing, "its answer is no page of a list");
      }
      body.path("value").forEach(look);
      JsonNode link = body.path("nextLink");
      if (StrictMember.isAbsent(link) || "".equals(link.textValue())) {
        return;
      }
      next = next(doing, link);
    }
    throw ArmFaults.malformed(doing, "its pages have no end");
  }

  private String next(String doing, JsonNode link) {
    String address = link.textValue();
    if (address == null || !host.owns(address)) {
      throw ArmFaults.malformed(
          doing, "its next page is no address of " + host + ", so nobody is asked");
    }
    return address;
  }
}
