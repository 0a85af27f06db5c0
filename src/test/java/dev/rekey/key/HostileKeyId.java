package dev.rekey.key;

import static dev.rekey.key.InvalidKeyId.Problem.FOREIGN_HOST;
import static dev.rekey.key.InvalidKeyId.Problem.FORM;

import java.util.List;

/**
 * Texts that look like the URL of a key version in a vault of the public cloud, and aren't. Each
 * has been a way past somebody's check of a URL.
 *
 * @param trick what is wrong with it
 * @param problem the refusal that it gets
 */
public record HostileKeyId(String trick, String text, InvalidKeyId.Problem problem) {
  private static final String VERSION = "ee059b2bb5bc48398a53b168c6cdcb10";
  private static final String HOST = "example.vault.azure.net";
  private static final String PLAIN = "https://" + HOST + "/keys/etcd/" + VERSION;

  /** All of them. Names of tricks and texts are there once. */
  public static final List<HostileKeyId> ALL =
      List.of(
          // Another host that reads like the vault's.
          host("suffix goes on", "example.vault.azure.net.evil.com"),
          host("suffix goes on without a dot", "example.vault.azure.netevil.com"),
          host("suffix without its dot", "examplevault.azure.net"),
          host("suffix of another country", "example.vault.azure.cn"),
          host("suffix of the government's cloud", "example.vault.usgovcloudapi.net"),
          host("suffix of a cloud that is gone", "example.vault.microsoftazure.de"),
          host("managed HSM", "example.managedhsm.azure.net"),
          host("private link's own name", "example.privatelink.vaultcore.azure.net"),
          host("storage account", "example.blob.core.windows.net"),
          host("suffix alone", "vault.azure.net"),
          host("one more label", "example.evil.vault.azure.net"),
          host("empty label", "example..vault.azure.net"),
          host("trailing dot", "example.vault.azure.net."),
          host("trailing dots", "example.vault.azure.net.."),
          host("letters swapped in the suffix", "example.vualt.azure.net"),
          form("hyphen for a dot in the suffix", "example.vault-azure.net"),
          form("digit for a letter in the suffix", "example.vau1t.azure.net"),
          form("Cyrillic a in the suffix", "example.v\u0430ult.azure.net"),
          form("Cyrillic e in the vault's name", "\u0435xample.vault.azure.net"),
          form("Greek omicron", "ex\u03bfample.vault.azure.net"),
          form("full-width letters", "\uff45xample.vault.azure.net"),
          form("Kelvin sign, which is k in lower case", "\u212aeys.vault.azure.net"),
          form("long s, which is s in upper case", "\u017fample.vault.azure.net"),
          form("dotless i", "exampl\u0131.vault.azure.net"),
          form("ideographic full stop for a dot", "example\u3002vault.azure.net"),
          form("full-width full stop for a dot", "example\uff0evault.azure.net"),
          form("one dot leader for a dot", "example\u2024vault.azure.net"),
          form("punycode", "xn--xample-9uf.vault.azure.net"),
          form("soft hyphen", "exam\u00adple.vault.azure.net"),
          form("zero-width joiner", "exam\u200dple.vault.azure.net"),
          form("right-to-left override", "example\u202e.vault.azure.net"),
          form("combining accent", "exa\u0301mple.vault.azure.net"),
          form("underscore", "exam_ple.vault.azure.net"),
          form("two hyphens", "exam--ple.vault.azure.net"),
          form("hyphen at the end of the name", "example-.vault.azure.net"),
          form("name too short", "ex.vault.azure.net"),
          form("name too long", "a".repeat(25) + ".vault.azure.net"),
          form("star", "*.vault.azure.net"),
          form("percent-encoded dot", "example.vault.azure%2enet"),
          form("percent-encoded slash in the host", "evil.com%2f.vault.azure.net"),
          form("percent-encoded NUL in the host", "evil.com%00.vault.azure.net"),
          form("IPv4 address", "127.0.0.1"),
          form("IPv4 address of the machine's identity", "169.254.169.254"),
          form("IPv4 address as one number", "2130706433"),
          form("IPv4 address in octal", "0177.0.0.1"),
          form("IPv6 address", "[::1]"),
          form("IPv6 with a zone", "[fe80::1%25eth0]"),
          form("localhost", "localhost"),
          form("no host", ""),

          // More than a host where the host is.
          form("user", "user@" + HOST),
          form("user and password", "user:password@" + HOST),
          form("empty user", "@" + HOST),
          form("vault as the user of another host", HOST + "@evil.com"),
          form("vault as user and password", HOST + ":443@evil.com"),
          form("two at signs", "a@b@" + HOST),
          form("port", HOST + ":8443"),
          form("usual port", HOST + ":443"),
          form("empty port", HOST + ":"),
          form("port of many digits", HOST + ":4294967739"),
          form("host behind a fragment", "evil.com#@" + HOST),
          form("host behind a query", "evil.com?@" + HOST),
          form("host behind a backslash", "evil.com\\@" + HOST),
          form("host in the path", "evil.com/" + HOST),
          form("blank in the host", "evil.com ." + HOST),
          form("newline in the host", "evil.com\n." + HOST),
          form("tab in the host", "exam\tple.vault.azure.net"),

          // Another scheme.
          text("http", PLAIN.replace("https:", "http:")),
          text("scheme in capitals", PLAIN.replace("https:", "HTTPS:")),
          text("file", PLAIN.replace("https:", "file:")),
          text("jar in front", "jar:" + PLAIN + "!/"),
          text("url in front", "url:" + PLAIN),
          text("no scheme", PLAIN.replace("https:", "")),
          text("host alone", HOST),
          text("one slash", PLAIN.replace("https://", "https:/")),
          text("three slashes", PLAIN.replace("https://", "https:///")),
          text("backslashes", PLAIN.replace("https://", "https:\\\\")),
          text("full-width colon", PLAIN.replace("https:", "https\uff1a")),
          text("letter in the scheme that is no s", PLAIN.replace("https", "http\u017f")),

          // Another path.
          path("secret instead of a key", "/secrets/etcd/" + VERSION),
          path("certificate instead of a key", "/certificates/etcd/" + VERSION),
          path("deleted key", "/deletedkeys/etcd/" + VERSION),
          path("keys in capitals", "/KEYS/etcd/" + VERSION),
          path("double slash before keys", "//keys/etcd/" + VERSION),
          path("double slash behind keys", "/keys//etcd/" + VERSION),
          path("double slash before the version", "/keys/etcd//" + VERSION),
          path("dot segment", "/./keys/etcd/" + VERSION),
          path("dot segments lead elsewhere", "/keys/../secrets/etcd/" + VERSION),
          path("dot segments come back", "/secrets/../keys/etcd/" + VERSION),
          path("name is a dot segment", "/keys/../" + VERSION),
          path("version is a dot segment", "/keys/etcd/.."),
          path("dot segments percent-encoded", "/keys/%2e%2e/" + VERSION),
          path("slash percent-encoded", "/keys%2fetcd/" + VERSION),
          path("letter percent-encoded", "/keys/%65tcd/" + VERSION),
          path("percent-encoded twice", "/keys/%2565tcd/" + VERSION),
          path("percent sign alone", "/keys/etcd%/" + VERSION),
          path("backslash in the path", "/keys\\etcd/" + VERSION),
          path("path parameter", "/keys;a=b/etcd/" + VERSION),
          path("no version", "/keys/etcd"),
          path("empty version", "/keys/etcd/"),
          path("no name", "/keys//" + VERSION),
          path("slash at the end", "/keys/etcd/" + VERSION + "/"),
          path("action behind the version", "/keys/etcd/" + VERSION + "/rotate"),
          path("query", "/keys/etcd/" + VERSION + "?api-version=7.6"),
          path("empty query", "/keys/etcd/" + VERSION + "?"),
          path("fragment", "/keys/etcd/" + VERSION + "#x"),
          path("matrix of a query in the name", "/keys/etcd?x=/" + VERSION),
          path("Cyrillic c in the name", "/keys/et\u0441d/" + VERSION),
          path("Arabic digits in the version", "/keys/etcd/\u0661\u0662\u0663"),
          path("full-width digits in the version", "/keys/etcd/\uff11\uff12"),
          path("hyphen in the version", "/keys/etcd/ee059b2b-b5bc-4839-8a53-b168c6cdcb10"),
          path("underscore in the name", "/keys/et_cd/" + VERSION),
          path("name of the key too long", "/keys/" + "k".repeat(128) + "/" + VERSION),
          path("version too long", "/keys/etcd/" + "1".repeat(65)),
          path("NUL in the name", "/keys/et\0cd/" + VERSION),
          path("NUL at the end", "/keys/etcd/" + VERSION + "\0"),
          path("newline in the name", "/keys/et\ncd/" + VERSION),
          path(
              "header smuggled behind the version", "/keys/etcd/" + VERSION + "\r\nHost: evil.com"),
          path("markup", "/keys/<script>/" + VERSION),
          path("template", "/keys/${jndi:ldap:evil}/" + VERSION),

          // More or less than one address.
          text("empty", ""),
          text("blank", " "),
          text("blank before it", " " + PLAIN),
          text("blank behind it", PLAIN + " "),
          text("newline behind it", PLAIN + "\n"),
          text("byte order mark before it", "\ufeff" + PLAIN),
          text("non-breaking blank behind it", PLAIN + "\u00a0"),
          text("two of them", PLAIN + " " + PLAIN),
          text("two with a comma", PLAIN + "," + PLAIN),
          text("in angle brackets", "<" + PLAIN + ">"),
          text("in quotes", "\"" + PLAIN + "\""),
          text("half a character of two", PLAIN + "\ud800"),
          text("very long", PLAIN + "1".repeat(1_000_000)));

  private static HostileKeyId host(String trick, String host) {
    return new HostileKeyId(trick, PLAIN.replace(HOST, host), FOREIGN_HOST);
  }

  private static HostileKeyId form(String trick, String host) {
    return text(trick, PLAIN.replace(HOST, host));
  }

  private static HostileKeyId path(String trick, String path) {
    return text(trick, "https://" + HOST + path);
  }

  private static HostileKeyId text(String trick, String text) {
    return new HostileKeyId(trick, text, FORM);
  }

  @Override
  public String toString() {
    return trick;
  }
}
