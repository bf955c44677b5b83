package shared;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Base64;
import java.util.Map;

/** JSON Web Tokens (RFC 7519) by the JDK alone. A project that has Nimbus or jose4j signs with that. */
final class Jwt {
    /** P-256: a coordinate has 32 bytes. */
    private static final int COORDINATE = 32;

    private Jwt() {}

    /** Signs by RS256, or RS384 or RS512 where the key says so. */
    static String signedByRsa(Map<String, Object> header, Map<String, Object> claims, PrivateKey key, String alg) {
        if (!alg.startsWith("RS")) throw new IllegalStateException("This example signs by RS256, RS384 and RS512, not " + alg + ".");
        return signed(header, claims, key, "SHA" + alg.substring(2) + "withRSA");
    }

    /** Signs by ES256: a JWS has the signature as two numbers side by side (RFC 7518, section 3.4), not as ASN.1. */
    static String signedByEs256(Map<String, Object> header, Map<String, Object> claims, PrivateKey key) {
        return signed(header, claims, key, "SHA256withECDSAinP1363Format");
    }

    private static String signed(Map<String, Object> header, Map<String, Object> claims, PrivateKey key, String algorithm) {
        String content = encode(Json.write(header).getBytes(UTF_8)) + "." + encode(Json.write(claims).getBytes(UTF_8));
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(content.getBytes(UTF_8));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    static KeyPair newP256Key() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    static Map<String, Object> jwkOf(ECPublicKey key) {
        return Json.object("kty", "EC", "crv", "P-256", "x", coordinate(key.getW().getAffineX()), "y", coordinate(key.getW().getAffineY()));
    }

    /** A private RSA key that is a JWK (RFC 7518, section 6.3). */
    static PrivateKey rsaKeyOf(Object jwk) {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new RSAPrivateCrtKeySpec(
                number(jwk, "n"), number(jwk, "e"), number(jwk, "d"), number(jwk, "p"),
                number(jwk, "q"), number(jwk, "dp"), number(jwk, "dq"), number(jwk, "qi")));
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    static String sha256(String text) {
        try {
            return encode(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static BigInteger number(Object jwk, String name) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(Json.text(jwk, name)));
    }

    /** BigInteger leaves zeros at the front out, and has one for the sign. */
    private static String coordinate(BigInteger number) {
        byte[] bytes = number.toByteArray();
        byte[] whole = new byte[COORDINATE];
        int length = Math.min(bytes.length, COORDINATE);
        System.arraycopy(bytes, bytes.length - length, whole, COORDINATE - length, length);
        return encode(whole);
    }
}
