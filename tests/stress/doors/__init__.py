"""What the part `access` needs: people of every role and place, a browser for each, and the doors that they try."""
