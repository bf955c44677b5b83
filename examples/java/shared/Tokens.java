package shared;

import java.net.URI;

/** Access tokens of HelseID, and the DPoP proofs that go with them. Each library has its own way. */
public interface Tokens {
    /** The token in use, or a new one where there is none that lasts. */
    String token();

    /** The API did not take the token: the next is a new one. */
    void forget();

    /** A proof for one request (RFC 9449, section 4.2); {@code nonce} where the API asked for one, null otherwise. */
    String proof(String method, URI url, String token, String nonce);
}
