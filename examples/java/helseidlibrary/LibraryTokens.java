package helseidlibrary;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.oauth2.sdk.dpop.DPoPProofFactory;
import com.nimbusds.oauth2.sdk.dpop.DefaultDPoPProofFactory;
import com.nimbusds.oauth2.sdk.token.DPoPAccessToken;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.util.Set;
import no.helseid.configuration.Client;
import no.helseid.configuration.Tenancy;
import no.helseid.endpoints.token.AccessTokenResponse;
import no.helseid.endpoints.token.ErrorResponse;
import no.helseid.endpoints.token.TokenRequestDetails;
import no.helseid.endpoints.token.TokenResponse;
import no.helseid.exceptions.HelseIdException;
import no.helseid.grants.ClientCredentials;
import no.helseid.signing.JWKKeyReference;
import shared.Settings;
import shared.Tokens;
import shared.Trouble;

/** Tokens of NHN's HelseID.Library.Java, and what it lacks for JFT: a proof with a nonce, and a token that is forgotten. */
public final class LibraryTokens implements Tokens {
    private final ForgettingCache cache = new ForgettingCache();
    private final ClientCredentials credentials;
    private final TokenRequestDetails municipality;
    private final DPoPProofFactory proofs;

    /** The library has an HTTP client of its own. */
    public LibraryTokens(Settings settings, HttpClient unused) {
        try {
            Client client = new Client(
                settings.clientId(), JWKKeyReference.parse(settings.privateJwk()), Set.of(settings.scope()));
            this.credentials = new ClientCredentials.Builder(URI.create(settings.authority()))
                .withClient(client)
                .setCustomTokenCache(cache)
                .build();
            this.municipality = new TokenRequestDetails.Builder()
                .withTenancy(Tenancy.MULTI_TENANT)
                .withParentOrganizationNumber(settings.municipality())
                .build();
            // docs:nonce
            // No call of the library makes a proof with a nonce for an API. Nimbus does, by the key to which tokens are bound.
            JWK key = JWK.parse(settings.privateJwk());
            this.proofs = new DefaultDPoPProofFactory(key, JWSAlgorithm.parse(key.getAlgorithm().getName()));
            // docs:end
        } catch (HelseIdException | ParseException | JOSEException error) {
            throw new IllegalStateException("The client cannot be used: " + error.getMessage(), error);
        }
    }

    /** Threads that need a token at the same time wait for one request: the library has no lock. */
    @Override
    public synchronized String token() {
        try {
            TokenResponse answer = credentials.getAccessToken(municipality);
            if (answer instanceof AccessTokenResponse granted) return granted.accessToken();
            // The reason is on the console of the simulator only, unless tokenErrorDescription is explained.
            ErrorResponse refused = (ErrorResponse) answer;
            throw Trouble.refused("HelseID", answer.statusCode(), refused.error() + ": " + refused.errorDescription());
        } catch (HelseIdException error) {
            throw Trouble.broken("HelseID", String.valueOf(error.getCause()));
        }
    }

    @Override
    public void forget() {
        cache.clear();
    }

    // docs:proof
    @Override
    public String proof(String method, URI url, String token, String nonce) {
        // It throws where the URL has a query (RFC 9449, section 4.2); the request keeps it.
        URI htu = URI.create(url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath());
        try {
            return proofs.createDPoPJWT(method, htu, new DPoPAccessToken(token), Nonce.parse(nonce)).serialize();
        } catch (JOSEException error) {
            throw new IllegalStateException(error);
        }
    }
    // docs:end
}
