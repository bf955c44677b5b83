package helseidlibrary;

import ehr.Ehr;
import shared.Program;

/** The record system of ../ehr, with tokens of NHN's HelseID.Library.Java. */
public final class LibraryEhr {
    private LibraryEhr() {}

    public static void main(String[] args) {
        Program.run(LibraryTokens::new, Ehr.program(args));
    }
}
