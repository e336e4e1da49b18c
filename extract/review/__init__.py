"""The review page: a folder of reports in a browser of this machine, and what an auditor decided about each finding.

``heshu review FOLDER`` serves it on 127.0.0.1. Decisions are kept by fingerprint in one SQLite file in the folder
(:mod:`extract.review.decisions`), analyses in the user's cache (:mod:`extract.review.analyses`); :mod:`extract.review.guard`
says who may ask, :mod:`extract.review.app` what is answered.
"""
