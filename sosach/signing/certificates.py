"""Certificates of the training PKI: how each kind is built, and what stands in one.

Every name carries `MARKER`, every certificate the policy `POLICY`; the kind of certificate is a
policy of its own below it, so that a personal one is never taken for that of a unit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import (
    AuthorityInformationAccessOID,
    ExtendedKeyUsageOID,
    NameOID,
    ObjectIdentifier,
)

from sosach.signing.storage import parsed, reading
from sosach.signing.verdicts import Finding

__all__ = [
    "MARKER",
    "POLICY",
    "PROFILES",
    "VACCINATION",
    "Identity",
    "PrivateKey",
    "Profile",
    "PublicKey",
    "certify",
    "has_issued",
    "is_training",
    "kind_of",
    "load_certificate",
    "load_chain",
    "name_of",
    "pem",
    "self_certify",
    "subject",
    "unit_of",
]

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey

#: "training, without legal value", in ASCII so that no program can spoil it
MARKER = "DAO TAO - KHONG CO GIA TRI PHAP LY"
#: an arc made from a UUID (ITU-T X.667), ours alone; it is in every certificate
POLICY = ObjectIdentifier("2.25.329800735698586629295641978511506172918")
#: purpose of a document signer of vaccination passports (EU DCC certificate governance)
VACCINATION = ObjectIdentifier("1.3.6.1.4.1.1847.2021.1.2")
#: purpose of a signature on documents (RFC 9336)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
#: bytes of the longest common name: X.520 allows 64 letters, programs count bytes
LONGEST_NAME = 64
#: bytes of the largest certificate that is read
LARGEST = 64 * 2**10

KEY_USAGES = (
    *("digital_signature", "content_commitment", "key_encipherment", "data_encipherment"),
    *("key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
)


@dataclass(frozen=True)
class Profile:
    """What a kind of certificate may be used for.

    Attributes
    ----------
    arc : int
        Number of its policy below `POLICY`.
    usages : tuple of str
        Key usages, members of `KEY_USAGES`.
    purposes : tuple of ObjectIdentifier
        Extended key usages; none: the extension is left out.
    path_length : int or None
        How many authorities may stand below; None: it is no authority.
    critical : bool
        Whether the purposes are critical, as RFC 3161 wants of a time stamp authority.
    """

    arc: int
    usages: tuple[str, ...]
    purposes: tuple[ObjectIdentifier, ...] = ()
    path_length: int | None = None
    critical: bool = False


_AUTHORITY = ("key_cert_sign", "crl_sign")
_SIGNATURE = ("digital_signature", "content_commitment")
_PAPERS = (ExtendedKeyUsageOID.EMAIL_PROTECTION, DOCUMENT_SIGNING)
PROFILES = {
    "root": Profile(1, _AUTHORITY, path_length=1),
    "issuing": Profile(2, (*_AUTHORITY, "digital_signature"), path_length=0),
    "facility": Profile(3, _SIGNATURE, _PAPERS),
    "person": Profile(4, _SIGNATURE, _PAPERS),
    "website": Profile(5, ("key_encipherment",), (ExtendedKeyUsageOID.SERVER_AUTH,)),
    "time_stamp": Profile(6, _SIGNATURE, (ExtendedKeyUsageOID.TIME_STAMPING,), critical=True),
    "passport_ca": Profile(7, _AUTHORITY, path_length=0),
    "document_signer": Profile(8, ("digital_signature",), (VACCINATION,)),
}


@dataclass(frozen=True)
class Identity:
    """A private key and its certificate."""

    key: PrivateKey
    certificate: x509.Certificate


def subject(name: str, unit: str = "") -> x509.Name:
    """Return a distinguished name with the training marker.

    Parameters
    ----------
    name : str
        Of a unit, person or authority; what exceeds 64 bytes is cut off.
    unit : str
        Code of the unit, as in the column ``don_vi_nhap``; "" leaves it out.

    Returns
    -------
    x509.Name
        C, O, OU (the unit) and CN.

    Raises
    ------
    SigningError
        If the name is empty, or the code exceeds 64 bytes.
    """
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.ORGANIZATION_NAME, MARKER)]
    if unit:
        parts.append((NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    cut = name.encode(errors="replace")[:LONGEST_NAME].decode(errors="ignore").strip()
    parts.append((NameOID.COMMON_NAME, cut))
    with reading(Finding("NAME_UNFIT", "files", "certificate", name)):
        return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def certify(
    kind: str,
    name: x509.Name,
    key: PublicKey,
    issuer: Identity,
    begins: datetime,
    ends: datetime,
    purposes: tuple[ObjectIdentifier, ...] | None = None,
    serial: int = 0,
) -> x509.Certificate:
    """Make a certificate.

    Parameters
    ----------
    kind : str
        A row of `PROFILES`.
    name : x509.Name
        Of `subject`.
    key : PublicKey
        Whose certificate it is.
    issuer : Identity
        The authority.
    begins, ends : datetime
        Validity, with a zone, on the simulated calendar.
    purposes : tuple of ObjectIdentifier, optional
        Instead of those of the profile.
    serial : int
        At most 159 bits; 0: a random one.

    Returns
    -------
    x509.Certificate
    """
    above = issuer.certificate
    builder = _builder(kind, name, key, begins, ends, purposes, serial)
    builder = builder.issuer_name(above.subject)
    identifier = above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    made = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    builder = builder.add_extension(made, critical=False)
    for address in _addresses(issuer):
        builder = builder.add_extension(address, critical=False)
    return builder.sign(issuer.key, hashes.SHA256())


def self_certify(
    kind: str, name: x509.Name, key: PrivateKey, begins: datetime, ends: datetime
) -> Identity:
    """Make an authority that nobody stands above.

    Parameters
    ----------
    kind : str
        A row of `PROFILES`.
    name : x509.Name
        Of `subject`.
    key : PrivateKey
        Its key.
    begins, ends : datetime
        Validity, with a zone.

    Returns
    -------
    Identity
    """
    builder = _builder(kind, name, key.public_key(), begins, ends, None).issuer_name(name)
    return Identity(key, builder.sign(key, hashes.SHA256()))


def _builder(
    kind: str,
    name: x509.Name,
    key: PublicKey,
    begins: datetime,
    ends: datetime,
    purposes: tuple[ObjectIdentifier, ...] | None,
    serial: int = 0,
) -> x509.CertificateBuilder:
    """Fill in all that does not depend on the issuer."""
    profile = PROFILES[kind]
    chosen = profile.purposes if purposes is None else purposes
    usages = {usage: usage in profile.usages for usage in KEY_USAGES}
    policies = [x509.PolicyInformation(oid, None) for oid in (POLICY, _arc(profile))]
    basic = x509.BasicConstraints(profile.path_length is not None, profile.path_length)
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key)
        .serial_number(serial or x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(basic, critical=True)
        .add_extension(x509.KeyUsage(**usages), critical=True)
        .add_extension(x509.CertificatePolicies(policies), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )
    if chosen:
        builder = builder.add_extension(x509.ExtendedKeyUsage(chosen), critical=profile.critical)
    return builder


def _arc(profile: Profile) -> ObjectIdentifier:
    return ObjectIdentifier(f"{POLICY.dotted_string}.{profile.arc}")


def _addresses(issuer: Identity) -> list[x509.ExtensionType]:
    """Return where revocation could be asked; the reserved name leads nowhere (RFC 2606)."""
    number = issuer.certificate.serial_number
    crl = x509.UniformResourceIdentifier(f"http://crl.daotao.invalid/{number:x}.crl")
    ocsp = x509.UniformResourceIdentifier("http://ocsp.daotao.invalid/")
    return [
        x509.CRLDistributionPoints([x509.DistributionPoint([crl], None, None, None)]),
        x509.AuthorityInformationAccess(
            [x509.AccessDescription(AuthorityInformationAccessOID.OCSP, ocsp)]
        ),
    ]


def load_certificate(data: bytes, name: str = "") -> x509.Certificate:
    """Read one certificate, PEM or DER, whose extensions can all be read.

    Parameters
    ----------
    data : bytes
        At most 64 KiB.
    name : str
        What to call it where it cannot be read, as the name of its file.

    Returns
    -------
    x509.Certificate

    Raises
    ------
    SigningError
        If it is no certificate.
    """
    finding = Finding("CERT_BROKEN", "structure", "certificate", name)
    return parsed(data, LARGEST, finding, _parse)


def _parse(data: bytes) -> x509.Certificate:
    is_pem = data.lstrip().startswith(b"-----")
    found = (x509.load_pem_x509_certificate if is_pem else x509.load_der_x509_certificate)(data)
    _ = found.extensions, found.subject, found.issuer, found.public_key()
    return found


def load_chain(data: bytes, name: str = "") -> list[x509.Certificate]:
    """Read certificates that stand one after the other, as `pem` writes them.

    Parameters
    ----------
    data : bytes
        PEM, at most ten times 64 KiB.
    name : str
        As of `load_certificate`.

    Returns
    -------
    list of x509.Certificate
        At least one.

    Raises
    ------
    SigningError
        If one of them is no certificate, or there is none.
    """
    finding = Finding("CERT_BROKEN", "structure", "certificate", name)
    found = parsed(data, 10 * LARGEST, finding, x509.load_pem_x509_certificates)
    return [load_certificate(each.public_bytes(serialization.Encoding.DER), name) for each in found]


def pem(certificates: Iterable[x509.Certificate]) -> bytes:
    """Return certificates as text, one after the other."""
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in certificates)


def _policies(certificate: x509.Certificate) -> set[ObjectIdentifier]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.CertificatePolicies)
    except x509.ExtensionNotFound:
        return set()
    return {policy.policy_identifier for policy in found.value}


def is_training(certificate: x509.Certificate) -> bool:
    """Tell whether a certificate says that it is for training: marker and policy."""
    marked = any(
        attribute.value == MARKER
        for attribute in certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    )
    return marked and POLICY in _policies(certificate)


def has_issued(authority: x509.Certificate, certificate: x509.Certificate) -> bool:
    """Tell whether name and signature fit; a stranger's certificate may be broken in any way."""
    try:
        certificate.verify_directly_issued_by(authority)
    except Exception:
        return False
    return True


def kind_of(certificate: x509.Certificate) -> str:
    """Return the row of `PROFILES` that a certificate names, "" for none."""
    found = _policies(certificate)
    return next((kind for kind, profile in PROFILES.items() if _arc(profile) in found), "")


def unit_of(certificate: x509.Certificate) -> str:
    """Return the code of the unit that a certificate names, "" for none."""
    return _attribute(certificate, NameOID.ORGANIZATIONAL_UNIT_NAME)


def name_of(certificate: x509.Certificate) -> str:
    """Return the common name, "" for none."""
    return _attribute(certificate, NameOID.COMMON_NAME)


def _attribute(certificate: x509.Certificate, oid: ObjectIdentifier) -> str:
    found = certificate.subject.get_attributes_for_oid(oid)
    return str(found[0].value) if found else ""
