package dev.rekey.simulation.azure.http.identity;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import com.azure.identity.DefaultAzureCredentialBuilder;

/**
 * A process that gets a token for each scope and prints it, or {@code refused}. A process of its
 * own, because Azure's client looks for the endpoint in the environment whatever it is configured
 * with.
 */
public final class TokensInChild {
  private TokensInChild() {}

  /** Takes the identity's client id, then the scopes. */
  public static void main(String[] arguments) {
    TokenCredential credential =
        new DefaultAzureCredentialBuilder().managedIdentityClientId(arguments[0]).build();
    for (int index = 1; index < arguments.length; index++) {
      System.out.println(token(credential, arguments[index]));
    }
  }

  private static String token(TokenCredential credential, String scope) {
    try {
      return credential.getTokenSync(new TokenRequestContext().addScopes(scope)).getToken();
    } catch (ClientAuthenticationException refused) {
      return "refused";
    }
  }
}
