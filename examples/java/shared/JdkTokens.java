package shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tokens, assertions and proofs by the JDK alone. */
public final class JdkTokens implements Tokens {
    /** Before its end a token is renewed. */
    private static final Duration RENEWAL = Duration.ofSeconds(30);

    private final Settings settings;
    private final HttpClient http;
    private final Object key;
    private final KeyPair proofKey = Jwt.newP256Key();
    private URI tokenEndpoint;
    private String current;
    private Instant until = Instant.MIN;

    public JdkTokens(Settings settings, HttpClient http) {
        this.settings = settings;
        this.http = http;
        this.key = Json.parse(settings.privateJwk());
    }

    /** Threads that need a token at the same time wait for one request. */
    @Override
    public synchronized String token() {
        if (current == null || until.minus(RENEWAL).isBefore(Instant.now())) request();
        return current;
    }

    @Override
    public synchronized void forget() {
        current = null;
    }

    @Override
    public String proof(String method, URI url, String token, String nonce) {
        return signed(method, url, Json.object("ath", Jwt.sha256(token)), nonce);
    }

    private void request() {
        if (tokenEndpoint == null) tokenEndpoint = discover();
        HttpResponse<String> answer = ask(null);
        // HelseID asks for a nonce first (RFC 9449, section 8).
        if ("use_dpop_nonce".equals(error(answer))) answer = ask(answer.headers().firstValue("DPoP-Nonce").orElseThrow());
        if (answer.statusCode() != 200) throw Trouble.answered("HelseID", answer);
        Object granted = Json.parse(answer.body());
        current = Json.text(granted, "access_token");
        until = Instant.now().plusSeconds(((Double) Json.at(granted, "expires_in")).longValue());
    }

    private static String error(HttpResponse<String> answer) {
        return answer.statusCode() == 400 ? Json.text(Json.parse(answer.body()), "error") : null;
    }

    /** Each assertion and each proof is good for one request. */
    private HttpResponse<String> ask(String nonce) {
        Map<String, Object> form = Json.object(
            "grant_type", "client_credentials",
            "client_id", settings.clientId(),
            "scope", settings.scope(),
            "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion", assertion());
        HttpRequest request = HttpRequest.newBuilder(tokenEndpoint)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("DPoP", signed("POST", tokenEndpoint, Map.of(), nonce))
            .POST(BodyPublishers.ofString(encode(form)))
            .build();
        return Exchange.whole(http, request, "HelseID");
    }

    private static String encode(Map<String, Object> form) {
        return form.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode((String) field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    }

    private URI discover() {
        URI document = URI.create(settings.authority() + "/.well-known/openid-configuration");
        HttpResponse<String> answer = Exchange.whole(http, HttpRequest.newBuilder(document).build(), "HelseID");
        if (answer.statusCode() != 200) throw Trouble.answered("HelseID", answer);
        return URI.create(Json.text(Json.parse(answer.body()), "token_endpoint"));
    }

    /** Names the municipality that the client acts for (HelseID, "Organisation numbers"). */
    private String assertion() {
        long now = Instant.now().getEpochSecond();
        String alg = Json.at(key, "alg") instanceof String named ? named : "RS256";
        Map<String, Object> identifier = Json.object(
            "system", "urn:oid:1.0.6523", "type", "ENH", "value", "NO:ORGNR:" + settings.municipality() + ":");
        Map<String, Object> claims = Json.object(
            "iss", settings.clientId(), "sub", settings.clientId(), "aud", settings.authority(),
            "iat", now, "nbf", now, "exp", now + 30, "jti", UUID.randomUUID().toString(),
            "assertion_details", Json.object(
                "type", "helseid_authorization",
                "practitioner_role", Json.object("organization", Json.object("identifier", identifier))));
        Map<String, Object> header = Json.object("typ", "client-authentication+jwt", "alg", alg);
        if (Json.text(key, "kid") != null) header.put("kid", Json.text(key, "kid"));
        return Jwt.signedByRsa(header, claims, Jwt.rsaKeyOf(key), alg);
    }

    private String signed(String method, URI url, Map<String, Object> more, String nonce) {
        Map<String, Object> claims = new LinkedHashMap<>(more);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("htm", method);
        claims.put("htu", withoutQuery(url));
        claims.put("iat", Instant.now().getEpochSecond());
        if (nonce != null) claims.put("nonce", nonce);
        Map<String, Object> jwk = Jwt.jwkOf((ECPublicKey) proofKey.getPublic());
        return Jwt.signedByEs256(Json.object("typ", "dpop+jwt", "alg", "ES256", "jwk", jwk), claims, proofKey.getPrivate());
    }

    // docs:htu
    /** The proof names the URL without its query; what is sent is the whole URL (RFC 9449, section 4.2). */
    static String withoutQuery(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
    }
    // docs:end
}
