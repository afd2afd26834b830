"""Certificates for a test: one authority, and a certificate it signed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from planner.batch.cluster.address import Tls


def make_certificates(folder: Path, name: str) -> Tls:
    """A new authority's certificate, and one with key for everybody who belongs to the cluster."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root = _signed(f"{name} authority", authority, f"{name} authority", authority, is_authority=True)
    member = _signed(f"{name} member", key, f"{name} authority", authority, is_authority=False)
    paths = Tls(*(str(folder / f"{name}-{part}.pem") for part in ("ca", "cert", "key")))
    Path(paths.ca).write_bytes(root.public_bytes(serialization.Encoding.PEM))
    Path(paths.cert).write_bytes(member.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    Path(paths.key).write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return paths


def _signed(
    name: str, key: ec.EllipticCurvePrivateKey, by: str, signing: ec.EllipticCurvePrivateKey, is_authority: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(_named(by))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(minutes=5))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
        .sign(signing, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
