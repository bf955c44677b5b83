package shared;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** A request that did not succeed. */
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String service;
    private final int status;
    private final Duration retryAfter;

    private Trouble(String service, int status, Duration retryAfter, String what) {
        super(service + " " + what);
        this.service = service;
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** There was an answer, and it was no success. */
    public static Trouble answered(String service, HttpResponse<String> answer) {
        Duration wait = answer.headers().firstValue("Retry-After").map(Trouble::duration).orElse(Duration.ZERO);
        return new Trouble(service, answer.statusCode(), wait, "answered " + answer.statusCode() + ": " + answer.body());
    }

    /** The same, where a library has read the answer. */
    public static Trouble refused(String service, int status, String why) {
        return new Trouble(service, status, Duration.ZERO, "answered " + status + ": " + why);
    }

    /** There was no answer, or not all of it, or one that is no JSON. */
    public static Trouble broken(String service, String why) {
        return new Trouble(service, 0, Duration.ZERO, "gave no whole answer: " + why);
    }

    /** It may succeed when it is repeated later. */
    public boolean isTemporary() {
        return status == 0 || status == 429 || status >= 500;
    }

    /** JFT may have done what it was asked; a 429 and a 503 say that it has not. */
    public boolean isUnsure() {
        return service.equals("JFT") && isTemporary() && status != 429 && status != 503;
    }

    public int status() {
        return status;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    /** A number or a date (RFC 9110, section 10.2.3). */
    private static Duration duration(String text) {
        if (text.chars().allMatch(Character::isDigit)) return Duration.ofSeconds(Long.parseLong(text));
        return Duration.between(ZonedDateTime.now(), ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME));
    }
}
