package shared;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * JSON as maps, lists, strings, numbers, booleans and null, so that the examples need nothing but a JDK. A project that has
 * Jackson, Gson or HAPI reads with that.
 */
public final class Json {
    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /** @throws IllegalArgumentException the text is not JSON; the message says where */
    public static Object parse(String text) {
        Json json = new Json(text);
        Object value = json.value();
        if (json.next() != 0) throw json.wrong();
        return value;
    }

    /** The value below these names and indexes, or null where one of them is not there. */
    public static Object at(Object value, Object... path) {
        Object found = value;
        for (Object step : path) {
            if (found instanceof Map<?, ?> map) found = map.get(step);
            else if (found instanceof List<?> list && step instanceof Integer index && index < list.size()) found = list.get(index);
            else return null;
        }
        return found;
    }

    /** The string below these names and indexes, or null where there is none. */
    public static String text(Object value, Object... path) {
        return at(value, path) instanceof String found ? found : null;
    }

    /** The list below these names; an empty one where there is none. */
    public static List<?> list(Object value, Object... path) {
        return at(value, path) instanceof List<?> found ? found : List.of();
    }

    /** An object with its members in this order: name, value, name, value. */
    public static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int index = 0; index < members.length; index += 2) object.put((String) members[index], members[index + 1]);
        return object;
    }

    /** A value as text. */
    public static String write(Object value) {
        if (value instanceof String string) return quote(string);
        if (value instanceof List<?> list) return list.stream().map(Json::write).collect(Collectors.joining(",", "[", "]"));
        if (value instanceof Map<?, ?> map)
            return map.entrySet().stream()
                .map(member -> quote((String) member.getKey()) + ":" + write(member.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
        return Objects.toString(value);
    }

    private static String quote(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char one : string.toCharArray()) {
            if (one == '"' || one == '\\') quoted.append('\\').append(one);
            else if (one < ' ') quoted.append(String.format("\\u%04x", (int) one));
            else quoted.append(one);
        }
        return quoted.append('"').toString();
    }

    private Object value() {
        return switch (next()) {
            case '{' -> members();
            case '[' -> items();
            case '"' -> string();
            default -> word();
        };
    }

    private Map<String, Object> members() {
        Map<String, Object> found = new LinkedHashMap<>();
        for (take('{'); next() != '}'; ) {
            if (!found.isEmpty()) take(',');
            String name = string();
            take(':');
            found.put(name, value());
        }
        take('}');
        return found;
    }

    private List<Object> items() {
        List<Object> found = new ArrayList<>();
        for (take('['); next() != ']'; ) {
            if (!found.isEmpty()) take(',');
            found.add(value());
        }
        take(']');
        return found;
    }

    private String string() {
        take('"');
        StringBuilder found = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') found.append(text.charAt(at) == '\\' ? escape() : text.charAt(at++));
        take('"');
        return found.toString();
    }

    private char escape() {
        if (at + 1 >= text.length()) throw wrong();
        char escaped = text.charAt(at + 1);
        int known = "\"\\/bfnrt".indexOf(escaped);
        if (known < 0 && (escaped != 'u' || at + 6 > text.length())) throw wrong();
        at += known < 0 ? 6 : 2;
        return known < 0 ? (char) Integer.parseInt(text.substring(at - 4, at), 16) : "\"\\/\b\f\n\r\t".charAt(known);
    }

    private Object word() {
        int from = at;
        while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) at += 1;
        String found = text.substring(from, at);
        return switch (found) {
            case "true" -> true;
            case "false" -> false;
            case "null" -> null;
            default -> Double.valueOf(found);
        };
    }

    /** The next character that is no white space, or 0 at the end. */
    private char next() {
        while (at < text.length() && text.charAt(at) <= ' ') at += 1;
        return at < text.length() ? text.charAt(at) : 0;
    }

    private void take(char expected) {
        if (next() != expected) throw wrong();
        at += 1;
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("This is not JSON at character " + at + ".");
    }
}
