package dev.rekey.app.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import dev.rekey.kubernetes.TokenSource;
import java.io.IOException;

/** Tokens of Entra for the API servers of AKS, for our own identity. */
final class AksTokens implements TokenSource {
  /** AKS' own application, the same in every tenant and cloud. */
  private static final String SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

  private final TokenCredential credential;
  private final String remedy;

  /**
   * @param remedy what a person can do where no token is given
   */
  AksTokens(TokenCredential credential, String remedy) {
    this.credential = credential;
    this.remedy = remedy;
  }

  @Override
  public String token() throws IOException {
    try {
      return credential.getTokenSync(new TokenRequestContext().addScopes(SCOPE)).getToken();
    } catch (RuntimeException refused) {
      // Its message can hold what the identity endpoint or a tool has printed.
      throw new IOException("Entra gave no token for AKS; " + remedy);
    }
  }
}
