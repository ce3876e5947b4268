package dev.penstock.internal.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressLiteralTest {
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /** Of little but digits and dots, so that many are nearly one. */
    @Property
    void digitsAndDotsAreAnAddressWhereThePatternSaysSo(
            @ForAll @Chars({'0', '1', '2', '5', '6', '9', '.', '-', '\u0661'}) @StringLength(max = 16) String host)
            throws UnknownHostException {
        assertThat(AddressLiteral.parse(host) != null)
                .isEqualTo(V4.matcher(host).matches());
    }

    @Property
    void fourNumbersAreOneUpTo255(
            @ForAll @IntRange(max = 299) int a,
            @ForAll @IntRange(max = 299) int b,
            @ForAll @IntRange(max = 299) int c,
            @ForAll @IntRange(max = 299) int d)
            throws UnknownHostException {
        String host = a + "." + b + "." + c + "." + d;

        assertThat(AddressLiteral.parse(host) != null).isEqualTo(Math.max(Math.max(a, b), Math.max(c, d)) <= 255);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "255.255.255.255, 255.255.255.255",
        "[10.0.0.1], 10.0.0.1",
        "::1, 0:0:0:0:0:0:0:1",
        "[::1], 0:0:0:0:0:0:0:1",
        "2001:DB8::10, 2001:db8:0:0:0:0:0:10",
        "::ffff:10.0.0.1, 10.0.0.1",
        "fe80::1%3, fe80:0:0:0:0:0:0:1%3",
        "[fe80::1%3], fe80:0:0:0:0:0:0:1%3",
    })
    void addressesAreRead(String host, String expected) throws UnknownHostException {
        assertThat(AddressLiteral.parse(host))
                .extracting(InetAddress::getHostAddress)
                .isEqualTo(expected);
    }

    @Test
    void theScopeIsKept() throws UnknownHostException {
        assertThat(AddressLiteral.parse("fe80::1%7"))
                .isInstanceOfSatisfying(
                        Inet6Address.class, six -> assertThat(six.getScopeId()).isEqualTo(7));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "db.example.com",
                "localhost",
                "a",
                "",
                "[]",
                "cafe",
                "dead.beef",
                "127.1",
                "010.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                "1.2.3.4.",
                "10.0.0.1.example.com",
                "zz::1",
                "db:5432x",
                "db.example.com%eth0",
                "10.0.0.1%a:b"
            })
    void whatMayBeANameIsLeftToTheResolver(String host) throws UnknownHostException {
        assertThat(AddressLiteral.parse(host)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1::2::3", ":", "[12345::]", "::1%nosuchinterface", "1:2:3:4:5:6:7:8:9"})
    void whatCanOnlyBeAnAddressButIsNoneIsUnknown(String host) {
        assertThatThrownBy(() -> AddressLiteral.parse(host)).isInstanceOf(UnknownHostException.class);
    }
}
