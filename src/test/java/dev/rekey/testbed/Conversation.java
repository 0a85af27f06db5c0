package dev.rekey.testbed;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What went both ways over one connection, byte for byte. */
public final class Conversation {
  private static final String BLANK_LINE = "\r\n\r\n";

  private final ByteArrayOutputStream asked = new ByteArrayOutputStream();
  private final ByteArrayOutputStream answered = new ByteArrayOutputStream();

  /**
   * A request as it was sent.
   *
   * @param headers as they stand, one a line
   */
  public record Request(String method, String target, List<String> headers, String body) {
    public Request {
      headers = List.copyOf(headers);
    }

    /** Every value of this header, in order. */
    public List<String> header(String name) {
      String start = name.toLowerCase() + ":";
      return headers.stream()
          .filter(line -> line.toLowerCase().startsWith(start))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }
  }

  void asked(byte[] buffer, int length) {
    asked.write(buffer, 0, length);
  }

  void answered(byte[] buffer, int length) {
    answered.write(buffer, 0, length);
  }

  public byte[] askedBytes() {
    return asked.toByteArray();
  }

  public byte[] answeredBytes() {
    return answered.toByteArray();
  }

  /** The requests, taken apart by the lengths that they name. */
  public List<Request> requests() {
    String text = asked.toString(StandardCharsets.ISO_8859_1);
    List<Request> requests = new ArrayList<>();
    int from = 0;
    int end;
    while ((end = text.indexOf(BLANK_LINE, from)) >= 0) {
      List<String> head = List.of(text.substring(from, end).split("\r\n"));
      String[] first = head.get(0).split(" ");
      List<String> headers = head.subList(1, head.size());
      int bodyAt = end + BLANK_LINE.length();
      from = Math.min(text.length(), bodyAt + length(headers));
      requests.add(new Request(first[0], first[1], headers, text.substring(bodyAt, from)));
    }
    return requests;
  }

  private static int length(List<String> headers) {
    return new Request("", "", headers, "")
        .header("Content-Length").stream().mapToInt(Integer::parseInt).sum();
  }
}
